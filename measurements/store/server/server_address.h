// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: the address of a PostgreSQL server, `postgresql://...` (libpq-connect,
// section "Connection URIs").
//
// Secrets: an address is written into scripts, logs and process lists, so one that holds a password
// is refused. Passwords come by libpq's own means: a service file, a password file, a certificate.
// No Error repeats an address that could not be read, since a part of it may be a password.

#include <string>

#include "types/result.h"

namespace store {

/// Refuses what is no PostgreSQL address, and a password in it.
types::Result<void> checkServerAddress(const std::string& address);

/// "database 'kws' on db.example.org" or "service 'sweeps'", for messages.
std::string serverName(const std::string& address);

/// The first line of a text of a server, shortened, with '?' for bytes that are no printable ASCII.
std::string plainText(const std::string& text);

}  // namespace store
