// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/st_layer_row.h"

#include <vector>

#include "importers/parts/op_tags.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

constexpr int64_t kMaxLayers = 100000;

/// "[b:1,h:28,w:1,c:40]" becomes "1x28x1x40".
std::string shapeText(std::string_view dimensions) {
    std::string text;
    for (const auto dimension : piecesOf(dimensions, ',')) {
        const auto size = behind(dimension, ":");
        // Older reports leave the batch open.
        const bool isOpen = size && trimmed(*size) == "None";
        if (!size || (!isOpen && !integerOf(*size))) return {};
        text += (text.empty() ? "" : "x") + (isOpen ? "1" : std::string(trimmed(*size)));
    }
    return text;
}

/// "Conv2D, CONV_2D" gives CONV_2D; older reports have Keras' "Conv2D" alone.
std::string originalOf(std::string_view types) {
    const auto names = piecesOf(types, ',');
    for (const char* constant : {"Input", "InputLayer", "Placeholder", "None"})
        if (names[0] == constant) return {};
    return opTag(names.size() > 1 && !names[1].empty() ? names[1] : names[0]);
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> all;
    for (const auto word : piecesOf(text, ' '))
        if (!word.empty()) all.push_back(word);
    return all;
}

}  // namespace

std::optional<StLayerRow> StLayerTable::take(std::string_view line) {
    if (contains(line, "layer (") && contains(line, "oshape")) {
        m_inside = true;
        m_layer = -1;
        return std::nullopt;
    }
    if (line.empty() || line.starts_with("model/c-model") || line.starts_with("model:"))
        m_inside = false;
    const auto shape = between(line, "[", "]");
    if (!m_inside || !shape) return std::nullopt;
    const auto left = line.substr(0, line.find('['));
    // The row of an input may have the number of the layer below it and no type.
    if (const auto number = integerOf(left.substr(0, left.find(' '))))
        m_layer = *number >= 0 && *number < kMaxLayers ? static_cast<int32_t>(*number) : -1;
    const auto types = between(left, " (", ")");
    if (!types) return std::nullopt;
    StLayerRow row{m_layer, originalOf(*types), shapeText(*shape), std::nullopt, std::nullopt};
    // After the shapes: "160/280" where there are parameters, MACCs with commas, then names.
    auto rest = trimmed(behind(line, "]").value_or(""));
    while (rest.starts_with('['))
        rest = trimmed(behind(rest, "]").value_or(""));
    for (const auto word : words(rest.substr(0, rest.find('|')))) {
        if (word.find_first_not_of("0123456789,/") != std::string_view::npos) break;
        const size_t slash = word.find('/');
        if (slash != std::string_view::npos)
            row.bytes = leadingGrouped(word.substr(slash + 1));
        else
            row.macc = leadingGrouped(word);
    }
    return row;
}

}  // namespace importers
