// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Items of a sweep in SQLite: the statements behind SqliteSweepStore, each within a transaction of
// its caller. They throw SQLite::Exception. States of an item: 0 open, 1 leased, 2 done, 3 failed.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/sweep_store.h"

/// The database's clock with fractions of seconds, in any SQLite since 3.35.
#define SWEEP_NOW "((julianday('now') - 2440587.5) * 86400.0)"

namespace store {

/// Empty where NULL.
std::string textOf(const SQLite::Column& column);

/// `done`: items that the worker has answered since it was noted last.
void noteWorker(SQLite::Database& database, const std::string& owner, int64_t done);

/// Leases at most `count` open items that the owner has not failed on, in order.
std::vector<sweep::Claim> claimOpen(SQLite::Database& database, const std::string& owner,
                                    int32_t count, double leaseSeconds);
/// The same with items whose lease has expired; fails those that were begun too often.
std::vector<sweep::Claim> claimExpired(SQLite::Database& database, const std::string& owner,
                                       int32_t count, double leaseSeconds);

/// The first answer of an item wins.
sweep::Acceptance store(SQLite::Database& database, const std::string& owner,
                        const sweep::Finished& answer);
void failForGood(SQLite::Database& database, int64_t item, const std::string& message,
                 const std::string& owner);

/// True where the lease is the owner's.
bool isLeased(SQLite::Database& database, const std::string& owner, const sweep::Claim& claim);

/// All of a status but its workers.
sweep::SweepStatus countItems(SQLite::Database& database);

}  // namespace store
