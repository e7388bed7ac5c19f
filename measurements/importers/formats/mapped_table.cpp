// SPDX-License-Identifier: GPL-3.0-or-later
// A CSV with one row per layer or model. The user's column map defines its columns; without one a
// known table (known_tables.h), or the names of the columns themselves: latency_ms, cycles,
// energy_uj, layer, op, board, ... (listed in column_map.h).

#include <array>

#include "importers/importer_list.h"
#include "importers/parts/known_tables.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/table_reader.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

/// Column names that are roles themselves.
constexpr std::array<const char*, 17> kPlainRoles = {
    "board", "core",  "clock_mhz", "runtime",    "runtime_version", "kernels",
    "flags", "model", "compiler",  "model_hash", "supply_volts",    "variant",
    "layer", "op",    "key",       "started",    "source"};

ColumnMap mapByNames(const CsvReader& rows) {
    ColumnMap map;
    for (size_t i = 0; i < rows.header().size(); ++i) {
        std::string name = lowerCase(rows.header()[i]);
        if (name == "op_index") name = "layer";
        bool known = quantityUnit(name).has_value();
        for (const char* role : kPlainRoles)
            known = known || name == role;
        if (known) map.push_back({name, "", rows.header()[i], false, static_cast<int>(i)});
    }
    return map;
}

bool measures(const ColumnMap& map) {
    for (const ColumnRole& role : map)
        if (quantityUnit(role.role)) return true;
    return false;
}

/// True where a column identifies the layer or model of a row.
bool names(const ColumnMap& map) {
    for (const ColumnRole& role : map)
        if (role.role == "layer" || role.role == "op" || role.role == "key" || role.role == "model")
            return true;
    return false;
}

bool matchesMappedTable(const LogFile& file) {
    const CsvReader rows(file.bytes);
    if (rows.header().size() < 2) return false;
    const ColumnMap map = mapByNames(rows);
    return knownTable(rows) != nullptr || (measures(map) && names(map));
}

types::Result<std::vector<ColumnMap>> mapsFor(const CsvReader& rows, const LogInput& input,
                                              const ImportOptions& options) {
    std::vector<const char*> texts;
    if (!options.columns.empty())
        texts = {options.columns.c_str()};
    else if (const KnownTable* table = knownTable(rows))
        texts = table->maps;
    if (texts.empty()) return std::vector<ColumnMap>{mapByNames(rows)};
    std::vector<ColumnMap> maps;
    for (const char* text : texts) {
        auto map = parseColumnMap(text);
        if (map) map = placedIn(std::move(*map), rows, input.name);
        if (!map) return tl::unexpected(map.error());
        maps.push_back(std::move(*map));
    }
    return maps;
}

types::Result<Sessions> readMappedTable(const LogInput& input, const ImportOptions& options) {
    const CsvReader rows(input.main().bytes);
    const auto maps = mapsFor(rows, input, options);
    if (!maps) return tl::unexpected(maps.error());
    Sessions all;
    for (const ColumnMap& map : *maps) {
        if (!measures(map))
            return types::fail("no column holds a quantity", input.name,
                               "name one with a column map: latency_us=COLUMN,layer=COLUMN");
        for (types::Session& session :
             TableReader(kLayerTable.name, input.main().bytes, map).read())
            if (!session.measurements.empty()) all.push_back(std::move(session));
    }
    if (all.empty())
        return types::fail("the table holds no number in the columns of its quantities", input.name,
                           "name other columns with a column map: latency_us=COLUMN");
    return all;
}

}  // namespace

const Importer kLayerTable = {
    "layer-table", "CSV with a row a layer or model: known tables, or columns mapped by name",
    matchesMappedTable, readMappedTable};

}  // namespace importers
