// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sweep_database.h"

#include "store/server/server_sweep.h"
#include "store/sweep_sqlite.h"

namespace store {

types::Result<sweep::SweepStorePtr> openSweepStore(const std::string& address, IfMissing ifMissing,
                                                   const Patience& patience) {
    if (!isServerAddress(address)) return SqliteSweepStore::open(address, ifMissing);
    auto connection = ServerConnection::open(address, patience);
    if (!connection) return tl::unexpected(connection.error());
    return std::make_unique<ServerSweep>(std::move(*connection));
}

}  // namespace store
