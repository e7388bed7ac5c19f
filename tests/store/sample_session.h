// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A session in which every field is set.

#include "types/session.h"

namespace test_store {

inline types::Session sampleSession(const std::string& name, int samplesPerLayer = 5) {
    types::Session session;
    session.name = name;
    session.format = "tflm-profiler";
    session.startedAt = "2025-03-01T10:00:00Z";
    types::Conditions& c = session.conditions;
    c = {types::MeasurementSource::Board,
         "nucleo-l4r5zi",
         "Cortex-M4",
         120.5,
         "TFLM",
         "2fdfd1e",
         "CMSIS-NN 7.0",
         "gcc 12.2.1",
         "-O2",
         "kws.tflite",
         std::string(64, 'a'),
         3.3,
         "lot: 7"};
    for (int32_t layer = 0; layer < 4; ++layer) {
        types::Measurement m;
        m.layer = layer;
        m.op = "CONV_2D";
        m.key = types::layerKey(layer, m.op);
        for (int i = 0; i < samplesPerLayer; ++i)
            m.samples.push_back(1000.0 * layer + i / 3.0);
        session.measurements.push_back(m);
    }
    types::Measurement energy;
    energy.key = types::kWhole;
    energy.quantity = types::Quantity::EnergyUj;
    energy.samples = {12.5, -0.25, 1e300, 5e-324};
    energy.estimated = true;
    energy.note = "power x time";
    session.measurements.push_back(energy);
    session.outputs = {{"a.bin", 3, {0.25, 0.75}}, {"b.bin", std::nullopt, {}}};
    session.traces = {{1000, 0.5, {1.5f, 2.5f, -1.0f}, {{0.5, 0.6, 2, 1}, {0.6, 0.9, {}, 200}}}};
    session.warnings = {"All ticks are zero.", "Clock unknown."};
    session.rawLog = std::string("boot\0\xff\r\n", 8);
    return session;
}

}  // namespace test_store
