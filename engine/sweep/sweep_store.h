// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweepStore: the queue of a sweep in a database, which many workers share. measurements/store
// implements it; search::runSweep() works through it.
//
// An item is one variation. It is open, leased to a worker, done or failed for good. A claim leases
// items for some seconds by the database's clock; heartbeats extend the lease; items whose lease
// has expired are taken when nothing is open. Each claim of an item raises its attempt, the fencing
// token: a heartbeat, release or failure with an older attempt, or of another owner, does nothing.
//
// The first answer of an item wins, whatever its attempt, since results are deterministic: a second
// answer must have the same digest, and one that differs is reported. A lost lease is no failure.
// An item fails for good when its answer is an error of its own (fail() with isFinal), when more
// than kMostFailures different owners reported an error, or when it was begun kMostAttempts times
// and never answered. An owner does not get an item again for which it reported an error.
//
// A database holds one sweep. Every function is one transaction, on the disk before it returns.
//
// Thread rules: a SweepStore is one connection and belongs to one thread at a time; another thread
// opens another one.
//
// What is read from a database is untrusted: callers check identifiers, digests and documents.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "types/bytes.h"
#include "types/result.h"

namespace sweep {

/// What is swept: equal texts are one sweep, which asking again resumes.
struct Spec {
    std::string id;    ///< SHA-256 of `text`, lower-case hexadecimal
    std::string text;  ///< JSON: space, model, data, device and program version

    bool operator==(const Spec&) const = default;
};

/// One variation to try, not yet in the database.
struct NewItem {
    int64_t item = 0;       ///< number within the sweep, from 0
    std::string variation;  ///< its document (transform/document/variation_file.h), normalized
};

struct Claim {
    int64_t item = 0;
    int32_t attempt = 0;  ///< fencing token, from 1
    std::string variation;
};

/// The answer of an item.
struct Finished {
    int64_t item = 0;
    int32_t attempt = 0;
    std::string document;  ///< JSON of the totals
    std::string digest;    ///< SHA-256 of `document`, lower-case hexadecimal
    double seconds = 0;    ///< computing time, of one thread
};

enum class Acceptance : int8_t {
    Stored,     ///< the first answer
    Repeated,   ///< an equal answer was there
    Different,  ///< another answer was there, which stays: computing is not deterministic
    Unknown,    ///< the sweep has no such item
};

/// A stored answer or a failure for good.
struct Outcome {
    int64_t sequence = 0;  ///< order of storing; for outcomesAfter()
    int64_t item = 0;
    std::string variation;
    bool isFailed = false;
    std::string document;  ///< of a failed item: the message of its last error
    std::string digest;    ///< empty for a failed item
    double seconds = 0;
};

struct WorkerStatus {
    std::string owner;
    int64_t done = 0, running = 0;
    /// Since it last claimed, extended a lease or answered, by the database's clock.
    double silentSeconds = 0;
};

struct SweepStatus {
    int64_t open = 0, running = 0, done = 0, failed = 0;
    int64_t expired = 0;                ///< of `running`, those whose lease has expired
    int64_t doneLastMinute = 0;         ///< by the database's clock
    double computedSeconds = 0;         ///< sum of all answers
    std::string lastError;              ///< of an item that failed, or was reported to; empty: none
    std::vector<WorkerStatus> workers;  ///< by owner

    int64_t items() const { return open + running + done + failed; }
};

/// Different owners whose errors an item survives.
inline constexpr int32_t kMostFailures = 3;
/// An item that was begun so often without any answer ends its workers.
inline constexpr int32_t kMostAttempts = 16;
/// Documents, messages and models read from or written to a database are no longer than this.
inline constexpr size_t kMostText = size_t(1) << 20;
inline constexpr size_t kMostModelBytes = size_t(64) << 20;

class SweepStore {
public:
    virtual ~SweepStore() = default;

    /// Makes the tables that are missing and the sweep where the database holds none. An Error
    /// where it holds another one, which names both.
    virtual types::Result<void> create(const Spec& spec) = 0;
    /// The sweep of the database; an Error where there is none.
    virtual types::Result<Spec> spec() = 0;

    /// Adds items; those whose number or variation is there already change nothing.
    virtual types::Result<void> add(std::span<const NewItem> items) = 0;

    /// Leases at most `count` items: open ones by their number, then expired ones.
    virtual types::Result<std::vector<Claim>> claim(const std::string& owner, int32_t count,
                                                    double leaseSeconds) = 0;
    /// Extends leases; returns the items whose lease is no longer the owner's.
    virtual types::Result<std::vector<int64_t>> heartbeat(const std::string& owner,
                                                          std::span<const Claim> claims,
                                                          double leaseSeconds) = 0;
    /// Hands leased items back: they are open at once. Their attempt does not count.
    virtual types::Result<void> release(const std::string& owner,
                                        std::span<const Claim> claims) = 0;
    /// Stores answers and ends their leases; one Acceptance each.
    virtual types::Result<std::vector<Acceptance>> finish(const std::string& owner,
                                                          std::span<const Finished> answers) = 0;
    /// Reports an error of a leased item. `isFinal`: trying again cannot help.
    virtual types::Result<void> fail(const std::string& owner, const Claim& claim,
                                     const std::string& message, bool isFinal) = 0;

    virtual types::Result<SweepStatus> status() = 0;
    /// At most `limit` outcomes stored after `sequence` (0: all), in the order of storing. An
    /// outcome may come again in a later call, and none is left out.
    virtual types::Result<std::vector<Outcome>> outcomesAfter(int64_t sequence, int32_t limit) = 0;

    /// Models of the front: .tflite bytes of done items.
    virtual types::Result<void> keepModel(int64_t item, const types::Bytes& model,
                                          const std::string& sha256) = 0;
    virtual types::Result<void> dropModels(std::span<const int64_t> items) = 0;
    /// Nothing where none is kept. The bytes are checked against their SHA-256.
    virtual types::Result<std::optional<types::Bytes>> model(int64_t item) = 0;
};

using SweepStorePtr = std::unique_ptr<SweepStore>;

}  // namespace sweep
