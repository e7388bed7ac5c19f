// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/column_map.h"

#include "importers/parts/text_scan.h"

namespace importers {

types::Result<ColumnMap> parseColumnMap(const std::string& text) {
    ColumnMap map;
    for (const auto pair : piecesOf(text, ',')) {
        if (pair.empty()) continue;
        const size_t equal = pair.find('=');
        if (equal == std::string_view::npos || equal == 0 || equal + 1 == pair.size())
            return types::fail("'" + std::string(pair) + "' is not a pair role=column",
                               "column map", "write pairs such as latency_us=t_mean,layer=idx");
        ColumnRole role;
        role.isConstant = pair[equal - 1] == ':';
        const auto left = trimmed(pair.substr(0, equal - (role.isConstant ? 1 : 0)));
        const size_t slash = left.find('/');
        role.role = lowerCase(left.substr(0, slash));
        if (slash != std::string_view::npos) role.detail = std::string(left.substr(slash + 1));
        role.column = std::string(trimmed(pair.substr(equal + 1)));
        map.push_back(std::move(role));
    }
    return map;
}

bool mapsTrace(const std::string& text) {
    for (const auto pair : piecesOf(text, ','))
        if (lowerCase(pair).starts_with("time_")) return true;
    return false;
}

types::Result<ColumnMap> placedIn(ColumnMap map, const CsvReader& rows, const std::string& file) {
    for (ColumnRole& role : map) {
        if (role.isConstant) continue;
        role.place = rows.column(role.column);
        if (role.place >= 0) continue;
        std::string present;
        for (size_t i = 0; i < rows.header().size() && i < 40; ++i)
            present += (i ? ", " : "") + rows.header()[i].substr(0, 60);
        return types::fail("there is no column '" + role.column + "'", file,
                           "the columns are: " + present);
    }
    return map;
}

}  // namespace importers
