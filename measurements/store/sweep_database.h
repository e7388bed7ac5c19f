// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Opens the database of a sweep: a file (SQLite in write-ahead mode) or a server (PostgreSQL,
// `postgresql://...`, which many machines share).

#include <string>

#include "sweep/sweep_store.h"

namespace store {

/// What a missing file means. A server's database always exists.
enum class IfMissing { Refuse, Create };

/// True for the address of a server.
bool isServerAddress(const std::string& address);

/// Connects; makes no table. An Error where the file or the server cannot be reached, or holds
/// something else. No Error repeats a password of the address.
types::Result<sweep::SweepStorePtr> openSweepStore(const std::string& address, IfMissing ifMissing);

}  // namespace store
