// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: a sweep on a PostgreSQL server (server_schema.sql), for many workers on many
// machines. Claims skip rows that others are just claiming, so workers do not wait for each other.
//
// While the server is away, every function waits (Patience) and runs again. What was stored in a
// call whose answer was lost stays: a second finish() answers Repeated, and leases of a lost
// claim() expire.

#include "store/server/server_connection.h"
#include "sweep/sweep_store.h"

namespace store {

/// Documented script that makes the tables.
extern const char* const kServerSchema;

class ServerSweep final : public sweep::SweepStore {
public:
    explicit ServerSweep(ServerConnection connection) : m_server(std::move(connection)) {}

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
    types::Result<ServerRows> ask(const char* sql, std::span<const ServerValue> values,
                                  int64_t mostRows, bool binaryAnswer = false);
    types::Result<sweep::Spec> readSpec();
    types::Result<sweep::Acceptance> compare(const sweep::Finished& answer);

    ServerConnection m_server;
};

}  // namespace store
