// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: the address of a PostgreSQL server, `postgresql://...` (libpq-connect,
// section "Connection URIs").
//
// No Error repeats an address that could not be read, since a part of it may be a password.

#include <string>

#include "store/sweep_database.h"

namespace store {

/// "database 'kws' on db.example.org" or "service 'sweeps'", for messages.
std::string serverName(const std::string& address);

/// The first line of a text of a server, shortened, with '?' for bytes that are no printable ASCII.
std::string plainText(const std::string& text);

}  // namespace store
