# Writes OUT: the document FILE as hoiam::gateway::openapi::DocumentText().
file(READ "${FILE}" text)
file(WRITE "${OUT}" "// Made from openapi.json; do not edit.\n#include \"gateway/openapi/document.h\"\n\nnamespace hoiam::gateway::openapi {\n\nabsl::string_view DocumentText() { return R\"OPENAPI(${text})OPENAPI\"; }\n\n}  // namespace hoiam::gateway::openapi\n")
