// Build-time program: generate DESCRIPTORS VERSION > openapi.json. DESCRIPTORS is what protoc writes with
// --include_source_info; what is described are the services linked into this program, as in the gateway.
#include <fstream>
#include <iostream>

#include "gateway/openapi/openapi.h"
#include "google/protobuf/descriptor.pb.h"

int main(int argc, char** argv) {
  using namespace hoiam::gateway;  // NOLINT
  if (argc != 3) {
    std::cerr << "usage: openapi_generate DESCRIPTORS VERSION\n";
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromIstream(&in)) {
    std::cerr << argv[1] << " is not a descriptor set\n";
    return 1;
  }
  google::protobuf::DescriptorPool sources;
  for (const auto& file : set.file()) {
    if (sources.BuildFile(file) == nullptr) return 1;  // it has said why
  }
  const auto routes = RouteTable::Build(LinkedServices());
  const auto document =
      routes.ok() ? openapi::OpenApiOf(*routes, openapi::Comments(sources), argv[2]) : routes.status();
  if (!document.ok()) {
    std::cerr << document.status().message() << "\n";
    return 1;
  }
  std::cout << *document << "\n";
  return 0;
}
