// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Evidence package: one session in a zip archive that somebody else can check. It holds
//   manifest.json   versions of program, protocol and firmware, the session's conditions, SHA-256
//                   of each other file, the command that checks it
//   session.json    the session, sample by sample (importers/formats/session_json.h)
//   raw.log         what the device sent, where a runner listened to one
// The check compares every hash, and reads raw.log again: each measurement that it gives must be in
// the session. The manifest is not signed: whoever changes a package can also change its hashes,
// but not so that a raw log agrees with other numbers.
//
// Functions have no side effects except on the file named.

#include <filesystem>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/session.h"

namespace evidence {

types::Result<void> writePackage(const std::filesystem::path& file, const types::Session& session);

/// True for a name that compare and evidence take for a package, not for a session's name.
bool isPackage(const std::string& name);

struct CheckedPackage {
    types::Session session;
    std::string toolVersion, firmwareVersion, protocol;
    std::vector<std::string> files;  ///< whose hashes were compared
    int fromRawLog = 0;              ///< measurements that raw.log gave again
};

/// Reads and checks a package. An Error names the first thing that does not agree.
types::Result<CheckedPackage> readPackage(const std::filesystem::path& file);

}  // namespace evidence
