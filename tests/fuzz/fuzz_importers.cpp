// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted bytes through every importer. A first byte above ASCII selects an importer by its index
// in formats() and the user's options; else the content selects it, so that plain logs serve as
// seeds. Importers must not crash, overrun, or return a session that cannot be stored.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/formats/session_json.h"
#include "importers/read_log.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkTrace(const types::PowerTrace& trace) {
    require(std::isfinite(trace.sampleRateHz) && std::isfinite(trace.beginS));
    for (const float power : trace.powerMw)
        require(std::isfinite(power));
    for (const auto& window : trace.windows)
        require(window.endS >= window.beginS && window.inferences >= 1);
}

void checkSession(const types::Session& session) {
    require(!session.format.empty());
    for (const types::Measurement& measurement : session.measurements) {
        require(!measurement.key.empty());
        require(!measurement.layer || *measurement.layer >= 0);
        for (const double sample : measurement.samples)
            require(std::isfinite(sample));
    }
    for (const types::PowerTrace& trace : session.traces)
        checkTrace(trace);
}

constexpr uint8_t kTraceMark = 0xF1;  // first byte of an energy trace

bool isChoice(uint8_t first) {
    return first >= 0x80 && first != kTraceMark;
}

importers::ImportOptions optionsFrom(uint8_t choice) {
    const auto& formats = importers::formats();
    importers::ImportOptions options;
    options.format = formats[(choice & 0x1Fu) % formats.size()].name;
    if (choice & 0x40) options.clockMhz = 80;
    if (choice & 0x20) {
        options.supplyVolts = 3.3;
        options.windows.thresholdMw = 10;
        options.windows.layersPerInference = 3;
    }
    return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const bool isChosen = isChoice(data[0]);
    const std::string bytes(reinterpret_cast<const char*>(data) + (isChosen ? 1 : 0),
                            size - (isChosen ? 1 : 0));
    const auto imported = importers::readLogBytes(
        "fuzzed", bytes, isChosen ? optionsFrom(data[0]) : importers::ImportOptions());
    if (!imported) {
        require(!imported.error().what.empty());
        return 0;
    }
    require(!imported->sessions.empty());
    for (const types::Session& session : imported->sessions)
        checkSession(session);
    // A session that was read can be written and read again.
    require(importers::readLogBytes("again", importers::sessionJson(imported->sessions.front()))
                .has_value());
    return 0;
}
