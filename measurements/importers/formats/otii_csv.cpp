// SPDX-License-Identifier: GPL-3.0-or-later
// Exports of Qoitech's Otii: one file per channel with the columns "Timestamp" (seconds) and
// "Value" (amperes, volts, watts or 0 and 1). Only the name of the file says which channel it is:
// "Main current - Arc.csv". Files of one folder and instrument are read together: the current with
// its voltage, and a digital input as the marker.

#include <algorithm>

#include "importers/importer_list.h"
#include "importers/parts/csv_reader.h"
#include "importers/parts/power_samples.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

struct Channel {
    std::vector<double> timeS, values;
    size_t badRows = 0;
};

bool matchesOtii(const LogFile& file) {
    const CsvReader rows(file.bytes);
    return rows.header().size() == 2 && rows.column("Timestamp") == 0 && rows.column("Value") == 1;
}

/// "Arc" of "Main current - Arc.csv".
std::string instrumentOf(std::string_view fileName) {
    const auto rest = behind(fileName, " - ").value_or("");
    return std::string(rest.substr(0, rest.rfind('.')));
}

Channel readChannel(const LogFile& file) {
    Channel channel;
    CsvReader rows(file.bytes);
    for (std::vector<std::string> cells; rows.next(cells);) {
        const auto time = numberOf(cells[0]);
        const auto value = cells.size() > 1 ? numberOf(cells[1]) : std::nullopt;
        if (!time || !value || (!channel.timeS.empty() && *time <= channel.timeS.back())) {
            ++channel.badRows;
            continue;
        }
        channel.timeS.push_back(*time);
        channel.values.push_back(*value);
    }
    return channel;
}

/// The channel's value at ascending times: the last one before each, else the first.
class Held {
public:
    explicit Held(Channel channel) : m_channel(std::move(channel)) {}
    bool isEmpty() const { return m_channel.values.empty(); }
    double at(double time) {
        while (m_next + 1 < m_channel.timeS.size() && m_channel.timeS[m_next + 1] <= time)
            ++m_next;
        return m_channel.values[m_next];
    }

private:
    Channel m_channel;
    size_t m_next = 0;
};

/// The channel of the main file's instrument whose name holds `word`; empty where there is none.
Channel channelOf(const LogInput& input, const char* word) {
    for (const LogFile& file : input.files)
        if (contains(lowerCase(file.name), word) &&
            instrumentOf(file.name) == instrumentOf(input.main().name))
            return readChannel(file);
    return {};
}

types::Result<PowerSamples> samplesOf(const LogInput& input, double supplyVolts) {
    Channel power = channelOf(input, "power");
    Held voltage(channelOf(input, "voltage")), marker(channelOf(input, "gpi"));
    if (power.values.empty()) {
        power = channelOf(input, "current");
        if (power.values.empty())
            return types::fail("the name of the file does not say that it holds a current or power",
                               input.name,
                               "keep the name of the export ('Main current - Arc.csv'), or map the "
                               "columns: time_s=Timestamp,current_a=Value");
        if (voltage.isEmpty() && supplyVolts <= 0)
            return types::fail(
                "the trace holds a current but no voltage", input.name,
                "put the export of the voltage beside it, or give the supply voltage "
                "in volts");
        for (size_t i = 0; i < power.values.size(); ++i)
            power.values[i] *= voltage.isEmpty() ? supplyVolts : voltage.at(power.timeS[i]);
    }
    PowerSamples samples;
    samples.badRows = power.badRows;
    for (size_t i = 0; i < power.values.size(); ++i) {
        samples.powerMw.push_back(static_cast<float>(power.values[i] * 1000));
        samples.channels.push_back(!marker.isEmpty() && marker.at(power.timeS[i]) > 0.5 ? 1 : 0);
    }
    samples.timeS = std::move(power.timeS);
    return samples;
}

types::Result<Sessions> readOtii(const LogInput& input, const ImportOptions& options) {
    auto samples = samplesOf(input, options.supplyVolts);
    if (!samples) return tl::unexpected(samples.error());
    SessionBuilder builder(kOtiiCsv.name);
    const auto added = addTrace(std::move(*samples), options.windows, input.name, builder);
    if (!added) return tl::unexpected(added.error());
    builder.note("instrument", "Otii " + instrumentOf(input.main().name));
    return Sessions{builder.take()};
}

}  // namespace

const Importer kOtiiCsv = {
    "otii-csv",
    "Otii exports: current or power, with voltage and digital input beside it",
    matchesOtii,
    readOtii,
    {"Main current - Arc.csv", "Main voltage - Arc.csv", "Main power - Arc.csv", "GPI 1 - Arc.csv",
     "Main current - Ace.csv", "Main voltage - Ace.csv", "Main power - Ace.csv",
     "GPI 1 - Ace.csv"}};

}  // namespace importers
