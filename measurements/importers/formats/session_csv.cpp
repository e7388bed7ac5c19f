// SPDX-License-Identifier: GPL-3.0-or-later
// A session's samples as CSV, a row a sample, as spreadsheets and scripts write it:
//   key,layer,op,quantity,sample,value
//   #0 CONV_2D,0,CONV_2D,latency_us,0,1234.5
// Conditions, outputs and traces are in the JSON (session_json.h).
#include "importers/importer_list.h"
#include "importers/parts/csv_reader.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

constexpr const char* kHeader = "key,layer,op,quantity,sample,value";

bool matchesSessionCsv(const LogFile& file) {
    return file.bytes.starts_with(kHeader);
}

bool takeRow(const std::vector<std::string>& cells, SessionBuilder& builder) {
    if (cells.size() != 6 || cells[0].empty()) return false;
    const auto unit = quantityUnit(cells[3]);
    const auto value = numberOf(cells[5]);
    if (!unit || !value) return false;
    types::Measurement& measurement = builder.at(cells[0], unit->quantity);
    const auto layer = integerOf(cells[1]);
    if (layer && *layer >= 0 && *layer <= INT32_MAX)
        measurement.layer = static_cast<int32_t>(*layer);
    measurement.op = cells[2];
    measurement.samples.push_back(*value * unit->factor);
    return true;
}

types::Result<Sessions> readSessionCsv(const LogInput& input, const ImportOptions&) {
    CsvReader rows(input.main().bytes);
    SessionBuilder builder(kSessionCsv.name);
    size_t bad = 0;
    for (std::vector<std::string> cells; rows.next(cells);)
        bad += takeRow(cells, builder) ? 0 : 1;
    if (builder.session().measurements.empty())
        return types::fail("no row below the header can be read", input.name,
                           std::string("expected rows of ") + kHeader);
    if (bad > 0) builder.warn(std::to_string(bad) + " rows cannot be read and are left out");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kSessionCsv = {"session-csv", "Netcaliper's own samples as CSV", matchesSessionCsv,
                              readSessionCsv};

}  // namespace importers
