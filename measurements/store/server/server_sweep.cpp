// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ServerSweep that makes a sweep and keeps its outcomes and models.
#include "store/server/server_sweep.h"

#include "bytes/sha256.h"

namespace store {
namespace {

using namespace types;

/// Of server_schema.sql.
constexpr int64_t kServerTables = 1;

/// Serializes what only one session may do at a time: making tables, numbering outcomes.
constexpr const char* kLockSweep = "SELECT pg_advisory_xact_lock(1313038700)";  // "NCal"

/// New outcomes are few among many: without seqscan their index serves, however old the table's
/// statistics are.
constexpr const char* kNumberOutcomes = R"sql(
SELECT pg_advisory_xact_lock(1313038700);
SET LOCAL enable_seqscan = off;
UPDATE sweep_outcome SET sequence = last + place
FROM (SELECT item, row_number() OVER (ORDER BY stored, item) AS place FROM sweep_outcome
      WHERE sequence IS NULL) AS fresh,
     (SELECT coalesce(max(sequence), 0) AS last FROM sweep_outcome) AS numbered
WHERE sweep_outcome.item = fresh.item
)sql";

std::string digestOf(const std::string& text) {
    return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

Result<sweep::SweepStatus> totalsOf(const ServerRows& rows) {
    sweep::SweepStatus status;
    int64_t* const counts[] = {&status.open,   &status.running, &status.done,
                               &status.failed, &status.expired, &status.doneLastMinute};
    for (int column = 0; column < 6; ++column) {
        const auto count = rows.integer(0, column);
        if (!count) return tl::unexpected(count.error());
        *counts[column] = *count;
    }
    const auto seconds = rows.number(0, 6);
    if (!seconds) return tl::unexpected(seconds.error());
    status.computedSeconds = *seconds;
    auto message = rows.shortText(0, 7, sweep::kMostText);
    if (!message) return tl::unexpected(message.error());
    status.lastError = std::move(*message);
    return status;
}

Result<sweep::WorkerStatus> workerOf(const ServerRows& rows, int row) {
    auto owner = rows.shortText(row, 0, sweep::kMostText);
    const auto done = rows.integer(row, 1), running = rows.integer(row, 2);
    const auto silent = rows.number(row, 3);
    if (!owner) return tl::unexpected(owner.error());
    if (!done || !running) return tl::unexpected((done ? running : done).error());
    if (!silent) return tl::unexpected(silent.error());
    return sweep::WorkerStatus{std::move(*owner), *done, *running, *silent};
}

Result<sweep::Outcome> outcomeOf(const ServerRows& rows, int row) {
    sweep::Outcome outcome;
    const auto sequence = rows.integer(row, 0, 1), item = rows.integer(row, 1);
    const auto seconds = rows.number(row, 6);
    if (!sequence || !item) return tl::unexpected((sequence ? item : sequence).error());
    if (!seconds) return tl::unexpected(seconds.error());
    std::string* const texts[] = {&outcome.variation, &outcome.document, &outcome.digest};
    for (int i = 0; i < 3; ++i) {
        auto text = rows.shortText(row, 2 + i, sweep::kMostText);
        if (!text) return tl::unexpected(text.error());
        *texts[i] = std::move(*text);
    }
    outcome.sequence = *sequence;
    outcome.item = *item;
    outcome.isFailed = rows.text(row, 5) == "t";
    outcome.seconds = *seconds;
    return outcome;
}

}  // namespace

Result<ServerRows> ServerSweep::ask(const char* sql, std::span<const ServerValue> values,
                                    int64_t mostRows, bool binaryAnswer) {
    ServerRows answer;
    const auto asked = m_server.once([&]() -> Result<void> {
        auto rows = m_server.query(sql, values, mostRows, binaryAnswer);
        if (!rows) return tl::unexpected(rows.error());
        answer = std::move(*rows);
        return {};
    });
    if (!asked) return tl::unexpected(asked.error());
    return answer;
}

Result<sweep::Spec> ServerSweep::readSpec() {
    const auto rows = m_server.query("SELECT version, id, spec FROM sweep_spec", {}, 1);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->count() == 0)
        return types::fail("holds no sweep", m_server.name(), "start the sweep first");
    const auto version = rows->integer(0, 0);
    if (!version) return tl::unexpected(version.error());
    if (*version != kServerTables)
        return types::fail("holds a sweep of another Netcaliper (tables of version " +
                               std::to_string(*version) + ", this program knows " +
                               std::to_string(kServerTables) + ")",
                           m_server.name(), "use the program that began it");
    auto id = rows->shortText(0, 1, 64);
    auto text = rows->shortText(0, 2, sweep::kMostText);
    if (!id || !text) return tl::unexpected((id ? text : id).error());
    return sweep::Spec{std::move(*id), std::move(*text)};
}

Result<void> ServerSweep::create(const sweep::Spec& spec) {
    return m_server.transaction([&]() -> Result<void> {
        for (const char* script : {kLockSweep, kServerSchema})
            if (const auto done = m_server.script(script); !done) return done;
        const ServerValue values[] = {kServerTables, spec.id, spec.text};
        const auto added = m_server.query(
            "INSERT INTO sweep_spec (version, id, spec) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            values, 0);
        if (!added) return tl::unexpected(added.error());
        const auto found = readSpec();
        if (!found) return tl::unexpected(found.error());
        if (found->id == spec.id) return {};
        return types::fail("holds another sweep (" + found->id.substr(0, 12) + ", not " +
                               spec.id.substr(0, 12) + ")",
                           m_server.name(),
                           "use another database or schema, or the model, space, data, device and "
                           "program that it was begun with");
    });
}

Result<sweep::Spec> ServerSweep::spec() {
    sweep::Spec spec;
    const auto done = m_server.once([&]() -> Result<void> {
        auto found = readSpec();
        if (!found) return tl::unexpected(found.error());
        spec = std::move(*found);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return spec;
}

Result<void> ServerSweep::add(std::span<const sweep::NewItem> items) {
    constexpr size_t kChunk = 1000;
    return m_server.transaction([&]() -> Result<void> {
        for (size_t begin = 0; begin < items.size(); begin += kChunk) {
            std::vector<int64_t> numbers;
            std::vector<std::string> variations, digests;
            for (const sweep::NewItem& item :
                 items.subspan(begin, std::min(kChunk, items.size() - begin))) {
                numbers.push_back(item.item);
                variations.push_back(item.variation);
                digests.push_back(digestOf(item.variation));
            }
            const ServerValue values[] = {arrayOf(numbers), arrayOf(variations), arrayOf(digests)};
            const auto added = m_server.query(
                "INSERT INTO sweep_item (item, variation, variation_sha256) "
                "SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING",
                values, 0);
            if (!added) return tl::unexpected(added.error());
        }
        return {};
    });
}

Result<sweep::SweepStatus> ServerSweep::status() {
    if (const auto holds = spec(); !holds) return tl::unexpected(holds.error());
    const auto totals =
        ask("SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1), "
            "count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 3), "
            "count(*) FILTER (WHERE state = 1 AND lease_end < now()), "
            "(SELECT count(*) FROM sweep_outcome "
            "WHERE NOT is_failed AND stored > now() - interval '1 minute'), "
            "(SELECT coalesce(sum(seconds), 0) FROM sweep_outcome), "
            "coalesce((SELECT message FROM (SELECT message, reported FROM sweep_error UNION ALL "
            "SELECT document, stored FROM sweep_outcome WHERE is_failed) AS problem "
            "ORDER BY reported DESC LIMIT 1), '') FROM sweep_item",
            {}, 1);
    if (!totals) return tl::unexpected(totals.error());
    auto status = totalsOf(*totals);
    if (!status) return status;
    constexpr int64_t kMostWorkers = 1'000'000;
    const auto rows =
        ask("SELECT owner, coalesce(done, 0), coalesce(running, 0), "
            "greatest(extract(epoch FROM now() - seen), 0)::double precision FROM sweep_worker "
            "LEFT JOIN (SELECT owner, count(*) AS done FROM sweep_outcome WHERE NOT is_failed "
            "GROUP BY owner) AS answered USING (owner) "
            "LEFT JOIN (SELECT owner, count(*) AS running FROM sweep_item WHERE state = 1 "
            "GROUP BY owner) AS leased USING (owner) ORDER BY owner",
            {}, kMostWorkers);
    if (!rows) return tl::unexpected(rows.error());
    for (int row = 0; row < rows->count(); ++row) {
        auto worker = workerOf(*rows, row);
        if (!worker) return tl::unexpected(worker.error());
        status->workers.push_back(std::move(*worker));
    }
    return status;
}

// Outcomes are numbered when they are read, under a lock: numbers given when they are stored could
// become visible out of order, and a reader would miss the smaller one.
Result<std::vector<sweep::Outcome>> ServerSweep::outcomesAfter(int64_t sequence, int32_t limit) {
    std::vector<sweep::Outcome> outcomes;
    const auto done = m_server.transaction([&]() -> Result<void> {
        if (const auto numbered = m_server.script(kNumberOutcomes); !numbered) return numbered;
        const ServerValue values[] = {sequence, limit};
        const auto rows = m_server.query(
            "SELECT sequence, item, variation, document, digest, is_failed, seconds "
            "FROM sweep_outcome JOIN sweep_item USING (item) WHERE sequence > $1::bigint "
            "ORDER BY sequence LIMIT $2::integer",
            values, limit);
        if (!rows) return tl::unexpected(rows.error());
        outcomes.clear();
        for (int row = 0; row < rows->count(); ++row) {
            auto outcome = outcomeOf(*rows, row);
            if (!outcome) return tl::unexpected(outcome.error());
            outcomes.push_back(std::move(*outcome));
        }
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return outcomes;
}

Result<void> ServerSweep::keepModel(int64_t item, const Bytes& model, const std::string& sha256) {
    if (model.size() > sweep::kMostModelBytes)
        return types::fail("a model is too large to be kept", m_server.name(), "");
    const ServerValue values[] = {item, sha256, model.view()};
    const auto kept =
        ask("INSERT INTO sweep_model (item, sha256, file) VALUES ($1::bigint, $2, $3::bytea) "
            "ON CONFLICT (item) DO UPDATE SET sha256 = EXCLUDED.sha256, file = EXCLUDED.file",
            values, 0);
    if (!kept) return tl::unexpected(kept.error());
    return {};
}

Result<void> ServerSweep::dropModels(std::span<const int64_t> items) {
    const ServerValue values[] = {arrayOf(items)};
    const auto dropped = ask("DELETE FROM sweep_model WHERE item = ANY ($1::bigint[])", values, 0);
    if (!dropped) return tl::unexpected(dropped.error());
    return {};
}

Result<std::optional<Bytes>> ServerSweep::model(int64_t item) {
    const ServerValue values[] = {item};
    const auto rows =
        ask("SELECT sha256, file FROM sweep_model WHERE item = $1::bigint", values, 1, true);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->count() == 0) return std::nullopt;
    const std::string file = rows->text(0, 1);
    Bytes model(std::vector<uint8_t>(file.begin(), file.end()));
    if (model.size() > sweep::kMostModelBytes || bytes::sha256(model.view()) != rows->text(0, 0))
        return types::fail(
            "the kept model of item " + std::to_string(item) + " does not match its SHA-256",
            m_server.name(), "make it again from its variation");
    return model;
}

}  // namespace store
