// SPDX-License-Identifier: GPL-3.0-or-later
// Power traces as CSV: Nordic's PPK2 (Timestamp(ms),Current(uA) and digital channels D0 to D7, as
// columns or as one string of bits), Joulescope (time, current, voltage, power in base units) and
// any other with named or mapped columns. Windows come from the marker channel or from a threshold
// (WindowChoice).

#include "importers/importer_list.h"
#include "importers/parts/power_columns.h"
#include "importers/parts/power_samples.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

bool matchesPowerCsv(const LogFile& file) {
    const CsvReader rows(file.bytes);
    return rows.header().size() >= 2 && powerColumns(rows).complete();
}

PowerSamples readSamples(CsvReader& rows, const PowerColumns& columns, double supplyVolts) {
    PowerSamples samples;
    for (std::vector<std::string> cells; rows.next(cells);) {
        const auto time = columns.timeS(cells);
        const auto power = columns.powerMw(cells, supplyVolts);
        const bool backwards = time && !samples.timeS.empty() && *time <= samples.timeS.back();
        if (!time || !power || backwards) {
            ++samples.badRows;
            continue;
        }
        samples.timeS.push_back(*time);
        samples.powerMw.push_back(static_cast<float>(*power));
        samples.channels.push_back(columns.channels(cells));
    }
    return samples;
}

types::Result<Sessions> readPowerCsv(const LogInput& input, const ImportOptions& options) {
    CsvReader rows(input.main().bytes);
    auto columns = powerColumns(rows, options.columns, input.name);
    if (!columns) return tl::unexpected(columns.error());
    if (!columns->hasVoltage() && options.supplyVolts <= 0)
        return types::fail("the trace holds a current but no voltage", input.name,
                           "give the supply voltage in volts");
    SessionBuilder builder(kPowerCsv.name);
    const auto added = addTrace(readSamples(rows, *columns, options.supplyVolts), options.windows,
                                input.name, builder);
    if (!added) return tl::unexpected(added.error());
    return Sessions{builder.take()};
}

}  // namespace

const Importer kPowerCsv = {"power-csv",
                            "Power trace as CSV: PPK2, Joulescope, or columns mapped by name",
                            matchesPowerCsv, readPowerCsv};

}  // namespace importers
