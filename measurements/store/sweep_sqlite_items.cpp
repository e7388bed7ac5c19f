// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sweep_sqlite_items.h"

#include <algorithm>

#include "store/statements.h"

namespace store {

using sweep::Acceptance;
using sweep::Claim;

std::string textOf(const SQLite::Column& column) {
    return column.isNull() ? std::string() : column.getString();
}

namespace {

std::vector<Claim> claimsOf(SQLite::Statement& statement) {
    std::vector<Claim> claims;
    while (statement.executeStep())
        claims.push_back({statement.getColumn(0).getInt64(), statement.getColumn(1).getInt(),
                          textOf(statement.getColumn(2))});
    std::ranges::sort(claims, {}, &Claim::item);
    return claims;
}

}  // namespace

void noteWorker(SQLite::Database& database, const std::string& owner, int64_t done) {
    SQLite::Statement statement(database,
                                "INSERT INTO worker (owner, done, seen) VALUES (?, ?, " SWEEP_NOW
                                ") "
                                "ON CONFLICT (owner) DO UPDATE SET done = done + excluded.done, "
                                "seen = excluded.seen");
    bindAll(statement, owner, done);
    statement.exec();
}

std::vector<Claim> claimOpen(SQLite::Database& database, const std::string& owner, int32_t count,
                             double leaseSeconds) {
    SQLite::Statement statement(
        database,
        "UPDATE item SET state = 1, attempt = attempt + 1, owner = ?1, lease_end = " SWEEP_NOW
        " + ?3 "
        "WHERE item IN (SELECT item FROM item WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM "
        "failure WHERE failure.item = item.item AND failure.owner = ?1) ORDER BY item LIMIT ?2) "
        "RETURNING item, attempt, variation");
    bindAll(statement, owner, count, leaseSeconds);
    return claimsOf(statement);
}

void failForGood(SQLite::Database& database, int64_t item, const std::string& message,
                 const std::string& owner) {
    SQLite::Statement outcome(database,
                              "INSERT INTO outcome (item, failed, document, digest, seconds, "
                              "owner, stored) VALUES (?, 1, ?, '', 0, ?, " SWEEP_NOW
                              ") "
                              "ON CONFLICT (item) DO NOTHING");
    bindAll(outcome, item, message, owner);
    outcome.exec();
    SQLite::Statement state(
        database, "UPDATE item SET state = 3, owner = NULL, lease_end = NULL WHERE item = ?");
    state.bind(1, item);
    state.exec();
}

namespace {

/// Items that end their workers would be begun for ever.
void giveUpEndless(SQLite::Database& database, const std::string& owner) {
    SQLite::Statement statement(database,
                                "SELECT item FROM item WHERE state = 1 AND lease_end < " SWEEP_NOW
                                " AND attempt >= ?");
    statement.bind(1, sweep::kMostAttempts);
    std::vector<int64_t> items;
    while (statement.executeStep())
        items.push_back(statement.getColumn(0).getInt64());
    for (int64_t item : items)
        failForGood(database, item,
                    "was begun " + std::to_string(sweep::kMostAttempts) +
                        " times and never answered: give its workers more memory or time",
                    owner);
}

}  // namespace

std::vector<Claim> claimExpired(SQLite::Database& database, const std::string& owner, int32_t count,
                                double leaseSeconds) {
    giveUpEndless(database, owner);
    SQLite::Statement statement(
        database,
        "UPDATE item SET attempt = attempt + 1, owner = ?1, lease_end = " SWEEP_NOW
        " + ?3 "
        "WHERE item IN (SELECT item FROM item WHERE state = 1 AND lease_end < " SWEEP_NOW
        " AND NOT EXISTS (SELECT 1 FROM failure WHERE failure.item = item.item AND "
        "failure.owner = ?1) ORDER BY lease_end LIMIT ?2) RETURNING item, attempt, variation");
    bindAll(statement, owner, count, leaseSeconds);
    return claimsOf(statement);
}

Acceptance store(SQLite::Database& database, const std::string& owner,
                 const sweep::Finished& answer) {
    SQLite::Statement insert(
        database,
        "INSERT INTO outcome (item, failed, document, digest, seconds, owner, stored) "
        "SELECT item, 0, ?2, ?3, ?4, ?5, " SWEEP_NOW
        " FROM item WHERE item = ?1 "
        "ON CONFLICT (item) DO NOTHING");
    bindAll(insert, answer.item, answer.document, answer.digest, answer.seconds, owner);
    if (insert.exec() == 1) {
        SQLite::Statement state(
            database, "UPDATE item SET state = 2, owner = NULL, lease_end = NULL WHERE item = ?");
        state.bind(1, answer.item);
        state.exec();
        return Acceptance::Stored;
    }
    SQLite::Statement known(database, "SELECT digest FROM outcome WHERE item = ?");
    known.bind(1, answer.item);
    if (!known.executeStep()) return Acceptance::Unknown;
    const bool isEqual = textOf(known.getColumn(0)) == answer.digest;
    return isEqual ? Acceptance::Repeated : Acceptance::Different;
}

bool isLeased(SQLite::Database& database, const std::string& owner, const Claim& claim) {
    SQLite::Statement statement(
        database, "SELECT 1 FROM item WHERE item = ? AND state = 1 AND owner = ? AND attempt = ?");
    bindAll(statement, claim.item, owner, claim.attempt);
    return statement.executeStep();
}

sweep::SweepStatus countItems(SQLite::Database& database) {
    sweep::SweepStatus status;
    SQLite::Statement states(database, "SELECT state, count(*) FROM item GROUP BY state");
    int64_t* const counts[] = {&status.open, &status.running, &status.done, &status.failed};
    while (states.executeStep())
        *counts[states.getColumn(0).getInt() & 3] = states.getColumn(1).getInt64();
    status.expired =
        database.execAndGet("SELECT count(*) FROM item WHERE state = 1 AND lease_end < " SWEEP_NOW)
            .getInt64();
    status.doneLastMinute =
        database
            .execAndGet("SELECT count(*) FROM outcome WHERE failed = 0 AND stored > " SWEEP_NOW
                        " - 60")
            .getInt64();
    status.computedSeconds =
        database.execAndGet("SELECT coalesce(sum(seconds), 0) FROM outcome").getDouble();
    SQLite::Statement error(database,
                            "SELECT document FROM outcome WHERE failed = 1 UNION ALL "
                            "SELECT message FROM failure LIMIT 1");
    if (error.executeStep()) status.lastError = textOf(error.getColumn(0));
    return status;
}
}  // namespace store
