#include "server/journal_tools.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "journal/compaction.h"
#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class JournalToolsTest : public TestVenue {
 protected:
  void SetUp() override {
    start(Start::kInit);
    TestSession session(port());
    session.ask(define_instrument("AAPL"));
    session.ask(open_account(1, 1'000'000'000));
    session.ask(limit_order(1, "AAPL", pb::BUY, 7, 100, "first"));
  }

  // Orders until there are two snapshots, in segments of 1 MiB.
  void take_two_snapshots() {
    stop();
    settings_.snapshots.journal_bytes = std::uint64_t{3} << 20;
    settings_.snapshots.reserve_bytes = 0;
    start(Start::kRecover);
    TestSession session(port());
    pb::CommandBatch batch;
    for (int i = 0; i < 2'000; ++i)
      *batch.add_commands() = limit_order(1, "NONE", pb::BUY, 1, 1, std::string(36, 'x'));
    while (list_snapshots(disk()).size() < kSnapshotsKept) {
      session.send(batch);
      session.receive(2'000);
    }
    last_sequence_ = session.ask(get_account(1)).sequence();
    stop();
  }

  PosixDisk& disk() {
    if (disk_ == nullptr) disk_ = std::make_unique<PosixDisk>(settings_.data_directory);
    return *disk_;
  }

  std::string verification() {
    std::ostringstream out;
    print_verification(disk(), out);
    return out.str();
  }

  std::unique_ptr<PosixDisk> disk_;
  std::ostringstream notes_;
  std::uint64_t last_sequence_ = 0;
};

TEST_F(JournalToolsTest, ShowEntriesToPeople) {
  stop();
  std::ostringstream out;
  inspect(disk(), 0, out, notes_);
  EXPECT_NE(out.str().find("Z DefineInstrument\n  sequence: 1 "), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("Z PlaceOrder\n  sequence: 4 "), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("client_order_id: \"first\""), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("-- journal-0000000001 to offset "), std::string::npos) << out.str();
  std::ostringstream rest;
  inspect(disk(), 3, rest, notes_);
  EXPECT_EQ(rest.str().find("DefineInstrument"), std::string::npos) << rest.str();
  EXPECT_NE(rest.str().find("PlaceOrder"), std::string::npos) << rest.str();
}

TEST_F(JournalToolsTest, ExportEventsAsJson) {
  stop();
  std::ostringstream out;
  export_events(disk(), 1, out, notes_);
  std::istringstream lines(out.str());
  std::string line;
  for (std::uint64_t sequence = 2; sequence <= 4; ++sequence) {
    ASSERT_TRUE(std::getline(lines, line));
    pb::Event event;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &event).ok()) << line;
    EXPECT_EQ(event.sequence(), sequence);
  }
  EXPECT_NE(line.find("\"client_order_id\":\"first\""), std::string::npos) << line;
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(JournalToolsTest, SayWhatWasVerified) {
  stop();
  EXPECT_TRUE(verification().starts_with("verified: 3 entries, 4 events to sequence 4"))
      << verification();
}

TEST_F(JournalToolsTest, CompactAJournalThatIsGoodAfterwards) {
  take_two_snapshots();
  const std::string archive_directory = settings_.data_directory + "/archive";
  std::filesystem::create_directory(archive_directory);
  PosixDisk archive(archive_directory);
  std::ostringstream out;
  compact(disk(), last_sequence_, &archive, out);
  EXPECT_TRUE(out.str().starts_with("removed ")) << out.str();
  EXPECT_FALSE(list_segments(archive).empty());
  EXPECT_GT(list_segments(disk()).front(), 1U);
  EXPECT_TRUE(verification().starts_with("the journal's beginning was removed: "))
      << verification();
  EXPECT_NE(verification().find("from the snapshot of sequence " +
                                std::to_string(list_snapshots(disk()).front()) + " on"),
            std::string::npos)
      << verification();
  EXPECT_NE(verification().find("\nverified: "), std::string::npos) << verification();
  std::ostringstream events;
  export_events(disk(), last_sequence_ - 1, events, notes_);
  EXPECT_NE(events.str().find("\"sequence\":\"" + std::to_string(last_sequence_) + "\""),
            std::string::npos)
      << events.str();
  start(Start::kRecover);
  EXPECT_TRUE(TestSession(port())
                  .ask(limit_order(1, "AAPL", pb::BUY, 7, 100, "first"))
                  .order()
                  .duplicate());
  // Who has not seen what was removed cannot go on.
  TestSubscription subscription(port(), 0);
  EXPECT_TRUE(subscription.receive(1).empty());
  EXPECT_EQ(subscription.finish().error_code(), grpc::StatusCode::OUT_OF_RANGE);
}

// It prints something, and then compacts the journal that it is the output of.
class CompactingOutput final : public std::stringbuf {
 public:
  explicit CompactingOutput(std::function<void()> compact) : compact_(std::move(compact)) {}

 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    std::exchange(compact_, [] {})();
    return std::stringbuf::xsputn(text, size);
  }

 private:
  std::function<void()> compact_;
};

TEST_F(JournalToolsTest, SayThatTheJournalWasCompactedMeanwhile) {
  take_two_snapshots();
  CompactingOutput output([this] {
    std::ostringstream out;
    compact(disk(), last_sequence_, nullptr, out);
  });
  std::ostream out(&output);
  EXPECT_THROW(export_events(disk(), 0, out, notes_), NotRetained);
  EXPECT_NE(output.str().find("\"sequence\":\"1\""), std::string::npos);
  EXPECT_NO_THROW(export_events(disk(), std::nullopt, out, notes_));
}

TEST_F(JournalToolsTest, SayWhereACompactedJournalBegins) {
  take_two_snapshots();
  std::ostringstream out;
  compact(disk(), last_sequence_, nullptr, out);
  const std::string from = "begins with sequence ";
  inspect(disk(), std::nullopt, out, notes_);
  const std::string notes = notes_.str();
  ASSERT_NE(notes.find(from), std::string::npos) << notes;
  const Sequence first = std::stoull(notes.substr(notes.find(from) + from.size()));
  EXPECT_GT(first, 1U);
  for (const auto print : {inspect, export_events}) {
    std::ostringstream printed;
    EXPECT_THROW(print(disk(), 0, printed, notes_), NotRetained);
    EXPECT_THROW(print(disk(), first - 2, printed, notes_), NotRetained);
    EXPECT_EQ(printed.str(), "");
    std::ostringstream said;
    print(disk(), first - 1, printed, said);
    EXPECT_NE(printed.str().find(std::to_string(first)), std::string::npos);
    EXPECT_EQ(said.str(), "");
  }
}

TEST_F(JournalToolsTest, RefuseASequenceThatTheJournalHasNotReached) {
  stop();
  for (const auto print : {inspect, export_events}) {
    std::ostringstream out;
    EXPECT_NO_THROW(print(disk(), 4, out, notes_));
    try {
      print(disk(), 5, out, notes_);
      FAIL() << "printed nothing, as if there were nothing";
    } catch (const SequenceAhead& ahead) {
      EXPECT_NE(std::string(ahead.what()).find("ends with sequence 4"), std::string::npos);
    }
    EXPECT_EQ(out.str(), "");
  }
}

TEST_F(JournalToolsTest, RefuseAJournalThatNoSnapshotReaches) {
  take_two_snapshots();
  std::ostringstream out;
  compact(disk(), last_sequence_, nullptr, out);
  for (const Sequence sequence : list_snapshots(disk()))
    disk().remove(snapshot_name(sequence));
  EXPECT_THROW(inspect(disk(), 0, out, notes_), JournalDamage);
  EXPECT_THROW(export_events(disk(), 0, out, notes_), JournalDamage);
  EXPECT_THROW(verification(), JournalDamage);
  EXPECT_THROW(start(Start::kRecover), JournalDamage);
}

}  // namespace
}  // namespace outcry
