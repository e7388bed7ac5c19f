// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/importer_list.h"

namespace importers {

const std::vector<const Importer*>& allImporters() {
    static const std::vector<const Importer*> all = {
#define NETCALIPER_ADDRESS(importer) &importer,
        NETCALIPER_IMPORTERS(NETCALIPER_ADDRESS)
#undef NETCALIPER_ADDRESS
    };
    return all;
}

}  // namespace importers
