// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/session_builder.h"

#include <algorithm>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

// A damaged log could produce a warning per line; nobody reads more than these.
constexpr size_t kMaxWarnings = 20;

}  // namespace

void addNote(std::string& note, const std::string& key, const std::string& value) {
    if (value.empty()) return;
    if (!note.empty()) note += '\n';
    note += key + ": " + value;
}

std::string noteValue(const std::string& note, const std::string& key) {
    for (const auto line : linesOf(note))
        if (const auto value = after(line, key + ": ")) return std::string(*value);
    return {};
}

types::Measurement& SessionBuilder::at(const std::string& key, types::Quantity quantity) {
    const std::string place = key + '\x1f' + static_cast<char>('A' + static_cast<int>(quantity));
    const auto [found, isNew] = m_index.emplace(place, m_session.measurements.size());
    if (isNew) {
        types::Measurement& fresh = m_session.measurements.emplace_back();
        fresh.key = key;
        fresh.quantity = quantity;
    }
    return m_session.measurements[found->second];
}

types::Measurement& SessionBuilder::atLayer(int32_t layer, const std::string& op,
                                            types::Quantity quantity) {
    types::Measurement& measurement = at(types::layerKey(layer, op), quantity);
    measurement.layer = layer;
    measurement.op = op;
    return measurement;
}

void SessionBuilder::warn(std::string sentence) {
    auto& all = m_session.warnings;
    if (std::find(all.begin(), all.end(), sentence) != all.end()) return;
    if (all.size() < kMaxWarnings)
        all.push_back(std::move(sentence));
    else
        ++m_moreWarnings;
}

types::Session SessionBuilder::take() {
    if (m_moreWarnings > 0)
        m_session.warnings.push_back("and " + std::to_string(m_moreWarnings) + " more warnings");
    return std::move(m_session);
}

}  // namespace importers
