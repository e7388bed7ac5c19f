// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions from samples, for tests.

#include <utility>
#include <vector>

#include "types/session.h"

namespace test_statistics {

inline types::Measurement measurement(std::string key, std::vector<double> samples,
                                      std::optional<int32_t> layer = {}, std::string op = {}) {
    types::Measurement m;
    m.key = std::move(key);
    m.samples = std::move(samples);
    m.layer = layer;
    m.op = std::move(op);
    return m;
}

/// A session of a board with the whole inference and some layers.
inline types::Session session(std::string name, std::vector<double> whole,
                              std::vector<std::vector<double>> layers = {}) {
    types::Session s;
    s.name = std::move(name);
    s.conditions.source = types::MeasurementSource::Board;
    s.measurements.push_back(measurement(types::kWhole, std::move(whole)));
    for (size_t i = 0; i < layers.size(); ++i) {
        const auto index = static_cast<int32_t>(i);
        s.measurements.push_back(
            measurement(types::layerKey(index, "CONV_2D"), std::move(layers[i]), index, "CONV_2D"));
    }
    return s;
}

}  // namespace test_statistics
