// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/server/server_address.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace store {
namespace {

using namespace types;

using AddressParts = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

/// The parts of an address; null where it cannot be read.
AddressParts partsOf(const std::string& address) {
    // The message of libpq is dropped: it repeats the text in which it stopped.
    return {PQconninfoParse(address.c_str(), nullptr), &PQconninfoFree};
}

/// "*" marks the options that libpq hides in a dialog: password, sslpassword.
bool isSecret(const PQconninfoOption& option) {
    return option.dispchar != nullptr && option.dispchar[0] == '*';
}

/// "NAME:PASSWORD@", whatever stands in the password: libpq ends the names of hosts at a '/', so a
/// password with one would be taken for a port and a database, and be repeated.
bool hasPasswordBeforeHost(const std::string& address) {
    const std::string place = address.substr(0, address.find('?'));
    const size_t at = place.rfind('@');
    const size_t begin = place.find("://");
    return at != std::string::npos &&
           place.substr(begin + 3, at - begin - 3).find(':') != std::string::npos;
}

std::string partNamed(const AddressParts& parts, const std::string& keyword) {
    for (const PQconninfoOption* part = parts.get(); part && part->keyword; ++part)
        if (part->keyword == keyword && part->val != nullptr) return part->val;
    return {};
}

}  // namespace

bool isServerAddress(const std::string& address) {
    // Also what is nearly one: it may hold a password and must not be taken for a file's name.
    return address.starts_with("postgresql:") || address.starts_with("postgres:") ||
           address.find("://") != std::string::npos ||
           address.find("password=") != std::string::npos;
}

Result<void> checkServerAddress(const std::string& address) {
    const bool isUri = address.starts_with("postgresql://") || address.starts_with("postgres://");
    const AddressParts parts = isUri ? partsOf(address) : AddressParts(nullptr, &PQconninfoFree);
    if (parts == nullptr)
        return fail("is not the address of a PostgreSQL server", "the database's address",
                    "write postgresql://HOST/DATABASE or postgresql://?service=NAME");
    bool holdsSecret = hasPasswordBeforeHost(address);
    for (const PQconninfoOption* part = parts.get(); part->keyword != nullptr; ++part)
        holdsSecret = holdsSecret || (isSecret(*part) && part->val != nullptr);
    if (holdsSecret)
        return fail("holds a password, which lists of processes and scripts would show",
                    "the database's address",
                    "remove it and use a password file (~/.pgpass) or a service file");
    return {};
}

std::string serverName(const std::string& address) {
    const AddressParts parts = partsOf(address);
    const std::string service = partNamed(parts, "service");
    if (!service.empty()) return "service '" + plainText(service) + "'";
    const std::string host = partNamed(parts, "host"), database = partNamed(parts, "dbname");
    return "database '" + plainText(database) + "'" +
           (host.empty() ? "" : " on " + plainText(host));
}

std::string plainText(const std::string& text) {
    constexpr size_t kMost = 300;
    std::string plain = text.substr(0, std::min(text.find('\n'), kMost));
    for (char& c : plain)
        if (c < ' ' || c > '~') c = '?';
    return plain;
}

}  // namespace store
