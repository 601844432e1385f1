#include "cli/import/importer.h"

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/term/progress.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::cli {
namespace {

constexpr int kRowsPerBatch = 500;
constexpr size_t kBytesPerBatch = 4 << 20;  // a batch's body may have 8 MiB
constexpr int kBatchesInFlight = 3;
constexpr absl::Duration kPatience = absl::Minutes(1);  // a restart of the suite on the way is waited for

struct Row {
  int line;
  std::string id;
};

absl::StatusOr<int64_t> CountRows(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(file, ": cannot be read"));
  CsvReader reader(in);
  CsvRecord record;
  int64_t rows = -1;  // the header
  while (true) {
    const auto more = reader.Next(record);
    if (more.ok() && !*more) break;
    ++rows;
  }
  if (rows < 0) return absl::InvalidArgumentError(absl::StrCat(file, ": is empty; a header line is needed"));
  return rows;
}

}  // namespace

// Batches of one file on their way: a few threads, each with its own connection. Push waits while all are busy.
template <class K>
class Importer::Sending {
 public:
  struct Batch {
    typename K::Request request;
    std::vector<Row> rows;
  };

  Sending(Importer& importer, const K& kind, FileSummary& summary, Progress& progress)
      : importer_(importer), kind_(kind), summary_(summary), progress_(progress) {
    for (int i = 0; i < kBatchesInFlight; ++i) threads_.emplace_back([this] { Work(); });
  }
  ~Sending() { Finish().IgnoreError(); }

  // False once the server refused a whole batch: there is no use in going on.
  bool Push(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !waiting_ || !failure_.ok(); });
    if (!failure_.ok()) return false;
    next_ = std::move(batch);
    waiting_ = true;
    changed_.notify_all();
    return true;
  }

  // Waits for the batches on their way.
  absl::Status Finish() {
    {
      std::lock_guard lock(mutex_);
      finished_ = true;
      changed_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    return failure_;
  }

  // A row that does not make it, for `violations` or for one reason.
  void Refuse(const Row& row, const absl::Status& status) {
    std::lock_guard lock(mutex_);
    RefuseLocked(row, status);
  }

 private:
  void RefuseLocked(const Row& row, const absl::Status& status) {
    progress_.Clear();
    const std::string where = absl::StrCat(summary_.file, ":", row.line, row.id.empty() ? "" : "  ", row.id);
    const auto detail = DetailOf(status);
    if (detail && !detail->violations.empty()) {
      for (const auto& v : detail->violations)
        importer_.err_ << where << "  " << v.field << (v.field.empty() ? "" : "  ") << v.reason << ": " << v.description
                       << "\n";
    } else {
      const std::string reason = ReasonOf(status);
      importer_.err_ << where << "  " << reason << (reason.empty() ? "" : ": ") << status.message() << "\n";
    }
    importer_.err_ << std::flush;
    ++summary_.failed;
    progress_.Update(summary_.sent + summary_.failed);
  }

  void Work() {
    Client client(importer_.options_.target, importer_.clock_);
    client.patience = kPatience;
    std::string token;
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return waiting_ || finished_ || !failure_.ok(); });
      if (!waiting_ || !failure_.ok()) break;
      Batch batch = std::move(next_);
      next_ = Batch();
      waiting_ = false;
      changed_.notify_all();
      lock.unlock();
      const auto answer = client.Post<typename K::Answer>(kind_.path, batch.request);
      lock.lock();
      if (!answer.ok() || answer->results_size() != static_cast<int>(batch.rows.size())) {
        if (failure_.ok())
          failure_ =
              answer.ok() ? absl::InternalError("the server answered for other rows than it got") : answer.status();
        changed_.notify_all();
        break;
      }
      token = answer->consistency_token();
      for (size_t i = 0; i < batch.rows.size(); ++i) {
        const auto& status = answer->results(static_cast<int>(i)).status();
        if (status.code() == 0)
          ++summary_.sent;
        else
          RefuseLocked(batch.rows[i], rpc::FromProto(status));
      }
      progress_.Update(summary_.sent + summary_.failed);
    }
    if (!token.empty()) importer_.tokens_.push_back(token);
  }

  Importer& importer_;
  const K& kind_;
  FileSummary& summary_;
  Progress& progress_;
  std::mutex mutex_;  // of everything below, and of what the threads share above
  std::condition_variable changed_;
  Batch next_;
  bool waiting_ = false, finished_ = false;
  absl::Status failure_;
  std::vector<std::thread> threads_;
};

Importer::Importer(ImportOptions options, const Clock& clock, const Say& say, std::ostream& out, std::ostream& err)
    : options_(std::move(options)), clock_(clock), say_(say), out_(out), err_(err) {}

void Importer::CheckReferences(const survey::v1::Customer&, Violations&) {}

void Importer::CheckReferences(const survey::v1::RecordInteractionRequest& item, Violations&) {
  interactions_.emplace(item.interaction_id(), item.customer_id());
}

void Importer::CheckReferences(const survey::v1::CreateResponseRequest& item, Violations& violations) {
  if (!options_.dry_run || !has_interactions_ || item.interaction_id().empty()) return;
  const auto it = interactions_.find(item.interaction_id());
  if (it == interactions_.end())
    violations.Add("interaction_id", "UNKNOWN_INTERACTION", "is not among the interactions of this import");
  else if (!item.customer_id().empty() && item.customer_id() != it->second)
    violations.Add("customer_id", "OTHER_CUSTOMER", absl::StrCat("the interaction belongs to ", it->second));
}

template <class K>
absl::Status Importer::LoadFile(const K& kind, const std::string& file) {
  HOIAM_ASSIGN_OR_RETURN(const int64_t rows, CountRows(file));
  summaries_.push_back({std::filesystem::path(file).filename().string(), 0, 0, 0});
  FileSummary& summary = summaries_.back();
  Progress progress(out_, options_.tty, say_, summary.file, rows);
  std::ifstream in(file, std::ios::binary);
  CsvReader reader(in);
  CsvRecord record;
  HOIAM_RETURN_IF_ERROR(reader.Next(record).status());
  const auto header = ReadHeader(kind, record);
  if (!header.ok()) return absl::InvalidArgumentError(absl::StrCat(file, ": ", header.status().message()));
  if (!header->unknown.empty())
    err_ << summary.file << ": " << say_("bỏ qua các cột không biết: ", "columns passed over, they are not known: ")
         << absl::StrJoin(header->unknown, ", ") << std::endl;
  progress.Update(0);

  Sending<K> sending(*this, kind, summary, progress);
  typename Sending<K>::Batch batch;
  size_t bytes = 0;
  std::unordered_map<std::string, int> first_line;
  const absl::Time now = clock_.Now();
  int64_t good = 0;
  while (true) {
    const auto more = reader.Next(record);
    if (more.ok() && !*more) break;
    ++summary.rows;
    Row row{record.line, ""};
    if (!more.ok()) {
      sending.Refuse(row, more.status());
      continue;
    }
    typename K::Item item;
    Violations violations;
    ReadRow(kind, *header, record, now, item, violations);
    row.id = kind.id(item);
    if (violations.empty()) {
      const auto [it, is_new] = first_line.emplace(row.id, record.line);
      if (!is_new)
        violations.Add(kind.columns.front().name, "DUPLICATE_ID", absl::StrCat("is already in line ", it->second));
      CheckReferences(item, violations);
    }
    if (!violations.empty()) {
      sending.Refuse(row, violations.ToStatus());
      continue;
    }
    ++good;
    if (options_.dry_run) continue;
    bytes += item.ByteSizeLong();
    kind.add(batch.request)->Swap(&item);
    batch.rows.push_back(std::move(row));
    if (batch.rows.size() < kRowsPerBatch && bytes < kBytesPerBatch) continue;
    if (!sending.Push(std::move(batch))) break;
    batch = {};
    bytes = 0;
  }
  if (!batch.rows.empty()) sending.Push(std::move(batch));
  const absl::Status status = sending.Finish();
  if (options_.dry_run) summary.sent = good;
  progress.Update(summary.sent + summary.failed);
  progress.Finish();
  return status;
}

absl::Status Importer::Load(const CustomerKind& kind, const std::string& file) { return LoadFile(kind, file); }

absl::Status Importer::Load(const InteractionKind& kind, const std::string& file) {
  has_interactions_ = true;
  return LoadFile(kind, file);
}

absl::Status Importer::Load(const ResponseKind& kind, const std::string& file) { return LoadFile(kind, file); }

absl::Status Importer::WaitUntilCounted() {
  if (tokens_.empty()) return absl::OkStatus();
  Client client(options_.target, clock_);
  return cli::WaitUntilCounted(client, tokens_);
}

bool Importer::any_failed() const {
  for (const auto& s : summaries_) {
    if (s.failed != 0) return true;
  }
  return false;
}

absl::Status WaitUntilCounted(Client& client, const std::vector<std::string>& tokens) {
  std::vector<std::pair<std::string, std::string>> query = {{"metric", "NPS"}};
  for (const auto& token : tokens) query.emplace_back("consistencyToken", token);
  client.patience = absl::Minutes(10);
  return client.Do({.path = WithQuery("/v1/scores", query)}).status();
}

}  // namespace hoiam::cli
