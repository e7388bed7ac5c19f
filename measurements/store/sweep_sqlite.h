// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SqliteSweepStore: the queue of a sweep in one file, in write-ahead mode, for the threads and
// processes of one machine. Not for a network disk: SQLite's locks do not hold there.

#include <sys/types.h>

#include <filesystem>
#include <memory>

#include "store/sweep_database.h"

namespace SQLite {
class Database;
}

namespace store {

class SqliteSweepStore : public sweep::SweepStore {
public:
    static types::Result<sweep::SweepStorePtr> open(const std::filesystem::path& file,
                                                    IfMissing ifMissing);
    ~SqliteSweepStore() override;

    types::Result<void> create(const sweep::Spec& spec) override;
    types::Result<sweep::Spec> spec() override;
    types::Result<void> add(std::span<const sweep::NewItem> items) override;
    types::Result<std::vector<sweep::Claim>> claim(const std::string& owner, int32_t count,
                                                   double leaseSeconds) override;
    types::Result<std::vector<int64_t>> heartbeat(const std::string& owner,
                                                  std::span<const sweep::Claim> claims,
                                                  double leaseSeconds) override;
    types::Result<void> release(const std::string& owner,
                                std::span<const sweep::Claim> claims) override;
    types::Result<std::vector<sweep::Acceptance>> finish(
        const std::string& owner, std::span<const sweep::Finished> answers) override;
    types::Result<void> fail(const std::string& owner, const sweep::Claim& claim,
                             const std::string& message, bool isFinal) override;
    types::Result<sweep::SweepStatus> status() override;
    types::Result<std::vector<sweep::Outcome>> outcomesAfter(int64_t sequence,
                                                             int32_t limit) override;
    types::Result<void> keepModel(int64_t item, const types::Bytes& model,
                                  const std::string& sha256) override;
    types::Result<void> dropModels(std::span<const int64_t> items) override;
    types::Result<std::optional<types::Bytes>> model(int64_t item) override;

private:
    SqliteSweepStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> database);

    /// Runs `work` in one transaction that writes.
    template <typename Work>
    auto writing(Work&& work) -> decltype(work());
    /// A file that was removed or replaced is written to by nobody else.
    types::Result<void> checkFile() const;

    std::filesystem::path m_file;
    ino_t m_inode = 0;
    std::unique_ptr<SQLite::Database> m_database;
};

}  // namespace store
