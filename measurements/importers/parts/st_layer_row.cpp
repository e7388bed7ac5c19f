// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/st_layer_row.h"

#include <vector>

#include "importers/parts/op_tags.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

constexpr int64_t kMaxLayers = 100000;

/// "[b:1,h:28,w:1,c:40]" becomes "1x28x1x40", "(28, 28, 6)" becomes "28x28x6".
std::string shapeText(std::string_view dimensions) {
    std::string text;
    for (const auto dimension : piecesOf(dimensions, ',')) {
        if (dimension.empty()) continue;
        const auto size = behind(dimension, ":").value_or(dimension);
        // Older reports leave the batch open.
        const bool isOpen = trimmed(size) == "None";
        if (!isOpen && !integerOf(size)) return {};
        text += (text.empty() ? "" : "x") + (isOpen ? "1" : std::string(trimmed(size)));
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

/// After the shapes: "160/280" where there are parameters, MACCs with commas, then names; in the
/// oldest tables the parameters, names, MACCs, and bytes.
void takeNumbers(const std::vector<std::string_view>& all, bool isOldest, StLayerRow& row) {
    bool wasNamed = false;
    for (const auto word : all) {
        const bool isNumber = word.find_first_not_of("0123456789,/") == std::string_view::npos;
        if (!isNumber && !isOldest) return;
        wasNamed = wasNamed || !isNumber;
        const size_t slash = word.find('/');
        if (!isNumber || (isOldest && !wasNamed)) continue;
        if (slash != std::string_view::npos)
            row.bytes = leadingGrouped(word.substr(slash + 1));
        else if (isOldest && row.macc)
            row.bytes = leadingGrouped(word);
        else
            row.macc = leadingGrouped(word);
    }
}

}  // namespace

void StLayerTable::takeTitle(std::string_view line) {
    m_inside = true;
    m_layer = -1;
    const size_t macc = line.find("macc"), connections = line.find("connected to");
    m_isOldest = macc != std::string_view::npos && connections < macc &&
                 line.find('|') == std::string_view::npos;
}

std::optional<StLayerRow> StLayerTable::take(std::string_view line) {
    if (contains(line, "layer (") && (contains(line, "shape") || contains(line, "macc"))) {
        takeTitle(line);
        return std::nullopt;
    }
    if (line.empty() || line.starts_with("model/c-model") || line.starts_with("model:"))
        m_inside = false;
    const size_t shapeBegin = line.find('[');
    if (!m_inside || (!m_isOldest && shapeBegin == std::string_view::npos)) return std::nullopt;
    // The row of an input may have the number of the layer below it and no type.
    if (const auto number = integerOf(line.substr(0, line.find(' '))))
        m_layer = *number >= 0 && *number < kMaxLayers ? static_cast<int32_t>(*number) : -1;
    const auto types = between(line.substr(0, shapeBegin), " (", ")");
    if (!types) return std::nullopt;
    auto rest = trimmed(line.substr(static_cast<size_t>(types->end() + 1 - line.data())));
    const auto shape = rest.starts_with('(') ? between(rest, "(", ")") : between(rest, "[", "]");
    if (!shape) return std::nullopt;
    StLayerRow row{m_layer, originalOf(*types), shapeText(*shape), std::nullopt, std::nullopt};
    while (rest.starts_with('[') || rest.starts_with('('))
        rest = trimmed(behind(rest, rest.starts_with('[') ? "]" : ")").value_or(""));
    takeNumbers(words(rest.substr(0, rest.find('|'))), m_isOldest, row);
    return row;
}

}  // namespace importers
