// SPDX-License-Identifier: GPL-3.0-or-later
#include "advice_output.h"

#include "text_table.h"

namespace app {

using namespace types;

Json adviceJson(const std::vector<LayerAdvice>& advice) {
    Json json = Json::array();
    for (const LayerAdvice& layer : advice)
        json.push_back({{"op", opName(layer.kind)},
                        {"input", shapeText(layer.input)},
                        {"kernel", shapeText(layer.kernel)},
                        {"stride", shapeText(layer.stride)},
                        {"output_channels", layer.outputChannels},
                        {"expected_error_percent", layer.expectedErrorPercent}});
    return json;
}

std::string adviceText(const char* title, const std::vector<LayerAdvice>& advice) {
    if (advice.empty()) return {};
    TextTable table({title, "input", "kernel", "stride", ">channels out", ">error then %"});
    for (const LayerAdvice& layer : advice)
        table.addRow(
            {opName(layer.kind), shapeText(layer.input), shapeText(layer.kernel),
             shapeText(layer.stride), std::to_string(layer.outputChannels),
             layer.expectedErrorPercent > 100 ? "over 100" : digits(layer.expectedErrorPercent)});
    return "\n" + table.text();
}

}  // namespace app
