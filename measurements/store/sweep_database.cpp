// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sweep_database.h"

#include "store/sweep_sqlite.h"

namespace store {

bool isServerAddress(const std::string& address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

types::Result<sweep::SweepStorePtr> openSweepStore(const std::string& address, IfMissing ifMissing,
                                                   const Patience&) {
    if (isServerAddress(address))
        return types::fail("a server's database cannot be used", "", "name a file");
    return SqliteSweepStore::open(address, ifMissing);
}

}  // namespace store
