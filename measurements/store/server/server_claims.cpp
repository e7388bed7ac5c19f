// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ServerSweep that workers share: claims, leases, answers and errors. Each function is
// one statement, so one round trip. Rows are locked in the order of their numbers, so that two
// sessions never wait for each other in a circle.
#include <algorithm>

#include "store/server/server_address.h"
#include "store/server/server_sweep.h"

namespace store {
namespace {

using namespace types;

struct ClaimColumns {
    std::vector<int64_t> items, attempts;

    explicit ClaimColumns(std::span<const sweep::Claim> claims) {
        for (const sweep::Claim& claim : claims) {
            items.push_back(claim.item);
            attempts.push_back(claim.attempt);
        }
    }
};

// Items that were begun too often without an answer end here, too; otherwise an item that kills its
// workers would be taken for ever.
constexpr const char* kClaim = R"sql(
WITH worn AS (
    UPDATE sweep_item SET state = 3, owner = NULL, lease_end = NULL WHERE item IN (
        SELECT item FROM sweep_item
        WHERE state = 1 AND lease_end < now() AND attempt >= $4::integer
        FOR UPDATE SKIP LOCKED)
    RETURNING item),
given_up AS (
    INSERT INTO sweep_outcome (item, is_failed, document, digest, seconds, owner)
    SELECT item, true, $5, '', 0, $1 FROM worn ON CONFLICT DO NOTHING),
fresh AS (
    SELECT item FROM sweep_item AS candidate
    WHERE state = 0 AND NOT EXISTS (
        SELECT FROM sweep_error AS e WHERE e.item = candidate.item AND e.owner = $1)
    ORDER BY item LIMIT $2::integer FOR UPDATE OF candidate SKIP LOCKED),
expired AS (
    SELECT item FROM sweep_item AS candidate
    WHERE state = 1 AND lease_end < now() AND attempt < $4::integer AND NOT EXISTS (
        SELECT FROM sweep_error AS e WHERE e.item = candidate.item AND e.owner = $1)
    ORDER BY item LIMIT CASE WHEN EXISTS (SELECT FROM fresh) THEN 0 ELSE $2::integer END
    FOR UPDATE OF candidate SKIP LOCKED),
seen AS (
    INSERT INTO sweep_worker VALUES ($1, now())
    ON CONFLICT (owner) DO UPDATE SET seen = EXCLUDED.seen),
taken AS (
    UPDATE sweep_item SET state = 1, attempt = attempt + 1, owner = $1,
        lease_end = now() + $3::double precision * interval '1 second'
    FROM (SELECT item FROM fresh UNION ALL SELECT item FROM expired) AS next
    WHERE sweep_item.item = next.item
    RETURNING sweep_item.item, attempt, variation)
SELECT item, attempt, variation FROM taken ORDER BY item
)sql";

constexpr const char* kHeartbeat = R"sql(
WITH asked AS (SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS lease (item, attempt)),
mine AS (
    SELECT item FROM sweep_item JOIN asked USING (item, attempt)
    WHERE owner = $1 AND state = 1 ORDER BY item FOR UPDATE OF sweep_item),
extended AS (
    UPDATE sweep_item SET lease_end = now() + $4::double precision * interval '1 second'
    WHERE item IN (SELECT item FROM mine)),
seen AS (
    INSERT INTO sweep_worker VALUES ($1, now())
    ON CONFLICT (owner) DO UPDATE SET seen = EXCLUDED.seen)
SELECT item FROM asked WHERE item NOT IN (SELECT item FROM mine) ORDER BY item
)sql";

constexpr const char* kRelease = R"sql(
WITH mine AS (
    SELECT item FROM sweep_item
    JOIN unnest($2::bigint[], $3::bigint[]) AS lease (item, attempt) USING (item, attempt)
    WHERE owner = $1 AND state = 1 ORDER BY item FOR UPDATE OF sweep_item)
UPDATE sweep_item SET state = 0, attempt = attempt - 1, owner = NULL, lease_end = NULL
WHERE item IN (SELECT item FROM mine)
)sql";

// Answers: the place in the request, whether it was stored, whether the item exists, and the digest
// of the answer that was there before this statement.
constexpr const char* kFinish = R"sql(
WITH answer AS (
    SELECT * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::double precision[])
    WITH ORDINALITY AS a (item, document, digest, seconds, place)),
known AS (
    SELECT item FROM sweep_item WHERE item IN (SELECT item FROM answer)
    ORDER BY item FOR UPDATE),
chosen AS (
    SELECT DISTINCT ON (item) * FROM answer WHERE item IN (SELECT item FROM known)
    ORDER BY item, place),
stored AS (
    INSERT INTO sweep_outcome (item, is_failed, document, digest, seconds, owner)
    SELECT item, false, document, digest, seconds, $1 FROM chosen
    ON CONFLICT DO NOTHING RETURNING item),
ended AS (
    UPDATE sweep_item SET state = 2, owner = NULL, lease_end = NULL
    WHERE item IN (SELECT item FROM stored)),
seen AS (
    INSERT INTO sweep_worker VALUES ($1, now())
    ON CONFLICT (owner) DO UPDATE SET seen = EXCLUDED.seen)
SELECT place, place IN (SELECT place FROM chosen JOIN stored USING (item)),
    item IN (SELECT item FROM known)
FROM answer ORDER BY place
)sql";

constexpr const char* kFail = R"sql(
WITH mine AS (
    SELECT item FROM sweep_item
    WHERE item = $2::bigint AND attempt = $3::integer AND owner = $1 AND state = 1 FOR UPDATE),
reported AS (
    INSERT INTO sweep_error (item, owner, message) SELECT item, $1, $4 FROM mine
    ON CONFLICT (item, owner) DO UPDATE SET message = EXCLUDED.message, reported = now()),
verdict AS (
    SELECT item, $5::boolean OR (SELECT count(*) FROM sweep_error AS e
        WHERE e.item = mine.item AND e.owner <> $1) >= $6::integer AS is_final FROM mine),
given_up AS (
    INSERT INTO sweep_outcome (item, is_failed, document, digest, seconds, owner)
    SELECT item, true, $4, '', 0, $1 FROM verdict WHERE is_final ON CONFLICT DO NOTHING)
UPDATE sweep_item SET state = CASE WHEN is_final THEN 3 ELSE 0 END, owner = NULL, lease_end = NULL
FROM verdict WHERE sweep_item.item = verdict.item
)sql";

}  // namespace

Result<std::vector<sweep::Claim>> ServerSweep::claim(const std::string& owner, int32_t count,
                                                     double leaseSeconds) {
    const std::string worn = "was begun " + std::to_string(sweep::kMostAttempts) +
                             " times and never answered: give its workers more memory or time";
    const ServerValue values[] = {owner, count, leaseSeconds, sweep::kMostAttempts, worn};
    const auto rows = ask(kClaim, values, count);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<sweep::Claim> claims;
    for (int row = 0; row < rows->count(); ++row) {
        const auto item = rows->integer(row, 0), attempt = rows->integer(row, 1, 1, INT32_MAX);
        auto variation = rows->shortText(row, 2, sweep::kMostText);
        if (!item || !attempt) return tl::unexpected((item ? attempt : item).error());
        if (!variation) return tl::unexpected(variation.error());
        claims.push_back({*item, static_cast<int32_t>(*attempt), std::move(*variation)});
    }
    return claims;
}

Result<std::vector<int64_t>> ServerSweep::heartbeat(const std::string& owner,
                                                    std::span<const sweep::Claim> claims,
                                                    double leaseSeconds) {
    const ClaimColumns columns(claims);
    const ServerValue values[] = {owner, arrayOf(columns.items), arrayOf(columns.attempts),
                                  leaseSeconds};
    const auto rows = ask(kHeartbeat, values, static_cast<int64_t>(claims.size()));
    if (!rows) return tl::unexpected(rows.error());
    std::vector<int64_t> lost;
    for (int row = 0; row < rows->count(); ++row) {
        const auto item = rows->integer(row, 0);
        if (!item) return tl::unexpected(item.error());
        lost.push_back(*item);
    }
    return lost;
}

Result<void> ServerSweep::release(const std::string& owner, std::span<const sweep::Claim> claims) {
    const ClaimColumns columns(claims);
    const ServerValue values[] = {owner, arrayOf(columns.items), arrayOf(columns.attempts)};
    const auto released = ask(kRelease, values, 0);
    if (!released) return tl::unexpected(released.error());
    return {};
}

Result<std::vector<sweep::Acceptance>> ServerSweep::finish(
    const std::string& owner, std::span<const sweep::Finished> answers) {
    std::vector<int64_t> items;
    std::vector<std::string> documents, digests;
    std::vector<double> seconds;
    for (const sweep::Finished& answer : answers) {
        items.push_back(answer.item);
        documents.push_back(answer.document);
        digests.push_back(answer.digest);
        seconds.push_back(answer.seconds);
    }
    const ServerValue values[] = {owner, arrayOf(items), arrayOf(documents), arrayOf(digests),
                                  arrayOf(seconds)};
    const auto rows = ask(kFinish, values, static_cast<int64_t>(answers.size()));
    if (!rows) return tl::unexpected(rows.error());
    std::vector<sweep::Acceptance> accepted(answers.size(), sweep::Acceptance::Unknown);
    for (int row = 0; row < rows->count(); ++row) {
        const auto place = rows->integer(row, 0, 1, static_cast<int64_t>(answers.size()));
        if (!place) return tl::unexpected(place.error());
        const auto index = static_cast<size_t>(*place - 1);
        if (rows->text(row, 1) == "t") {
            accepted[index] = sweep::Acceptance::Stored;
        } else if (rows->text(row, 2) == "t") {
            const auto compared = compare(answers[index]);
            if (!compared) return tl::unexpected(compared.error());
            accepted[index] = *compared;
        }
    }
    return accepted;
}

// A second statement, since it must see what others stored while the first one waited for them.
Result<sweep::Acceptance> ServerSweep::compare(const sweep::Finished& answer) {
    const ServerValue values[] = {answer.item};
    const auto rows = ask("SELECT digest FROM sweep_outcome WHERE item = $1::bigint", values, 1);
    if (!rows) return tl::unexpected(rows.error());
    const bool isEqual = rows->count() == 1 && rows->text(0, 0) == answer.digest;
    return isEqual ? sweep::Acceptance::Repeated : sweep::Acceptance::Different;
}

Result<void> ServerSweep::fail(const std::string& owner, const sweep::Claim& claim,
                               const std::string& message, bool isFinal) {
    const ServerValue values[] = {owner,   claim.item,          claim.attempt, plainText(message),
                                  isFinal, sweep::kMostFailures};
    const auto reported = ask(kFail, values, 0);
    if (!reported) return tl::unexpected(reported.error());
    return {};
}

}  // namespace store
