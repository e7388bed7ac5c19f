// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Opens the database of a sweep: a file (SQLite in write-ahead mode) or a server (PostgreSQL,
// `postgresql://...`, which many machines share).

#include <functional>
#include <stop_token>
#include <string>

#include "sweep/sweep_store.h"

namespace store {

/// What a missing file means. A server's database always exists.
enum class IfMissing { Refuse, Create };

/// True for the address of a server, and for what is nearly one.
bool isServerAddress(const std::string& address);

/// Refuses what is no PostgreSQL address, and a password in it: addresses stand in scripts, logs
/// and lists of processes. Passwords come by libpq's own means: a service file, a password file, a
/// certificate.
types::Result<void> checkServerAddress(const std::string& address);

/// How long a server may be unreachable: it is tried again with growing pauses. A file needs none.
struct Patience {
    double firstSeconds = 10;   ///< until the first connection
    double laterSeconds = 600;  ///< after a connection was lost, in any later call
    std::stop_token stop = {};  ///< shortens both to a few seconds
    /// Receives one sentence when waiting begins; may be empty.
    std::function<void(const std::string&)> onWait = {};
};

/// Connects; makes no table. An Error where the file or the server cannot be reached, or holds
/// something else. No Error repeats a password of the address.
types::Result<sweep::SweepStorePtr> openSweepStore(const std::string& address, IfMissing ifMissing,
                                                   const Patience& patience = {});

}  // namespace store
