// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads what ST's tools print when a model runs on a board. The run:
//   Results for 10 inference(s) @84/84MHz (macc:950717)        (to X-CUBE-AI 5)
//   Results for "network", 16 inferences @80MHz/80MHz (...)    (aiSystemPerformance)
//   ST.AI Profiling results v2.0 - "network"                   (ST Edge AI Core)
//    duration    : 99.405 ms (average)
//    CPU cycles  : 8350026 (average)
// and its layers, in a table whose title names a column of milliseconds:
//   Clayer  id  desc                          oshape            ms
//   0       0   10011/(Merged Conv2d / Pool)  (10, 15, 15, 16)  31.126
//   c_id    m_id   type      dur (ms)       %    cumul     CPU cycles   name
//   0       1      Conv2D       0.204   35.1%    35.1%     [ 98,212 ]   conv2d_1
//   c_id    type      dur (ms)  ...          (epochs of an accelerator)

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/parts/session_builder.h"

namespace importers {

class StProfileLines {
public:
    /// Takes one trimmed line; returns false where it is no line of a run.
    bool take(std::string_view line, SessionBuilder& builder);
    /// Adds the layers, and warns where their times do not sum to that of the model.
    void finish(SessionBuilder& builder) const;
    bool isTimed() const;

private:
    struct Layer {
        std::string name, outShape;
        double milliseconds = 0;
    };
    /// One table of layers.
    struct Run {
        std::map<int32_t, Layer> layers;  ///< by the model's layer
        double betweenMs = 0;             ///< in no layer
        std::optional<double> totalMs;
        bool areOfModel = true;  ///< false: epochs of an accelerator
    };
    bool takeRun(std::string_view line, SessionBuilder& builder);
    bool takeFact(std::string_view line, SessionBuilder& builder);
    bool takeRow(std::string_view line);
    static void addLayer(int32_t index, const Layer& layer, bool isOfModel,
                         SessionBuilder& builder);
    void addRun(const Run& run, SessionBuilder& builder) const;

    size_t m_idWords = 2;  ///< numbers before the type of a row
    bool m_inRun = false, m_inTable = false;
    std::optional<double> m_durationMs;
    std::vector<Run> m_runs;
};

}  // namespace importers
