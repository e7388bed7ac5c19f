// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/tflm_allocation_lines.h"

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

void addAllocation(SessionBuilder& builder, std::string_view kind, double used,
                   std::string_view requested, std::string_view count) {
    auto& measurement = builder.at("allocation/" + std::string(kind), Quantity::Bytes);
    if (measurement.samples.empty()) {
        addNote(measurement.note, "requested", std::string(requested));
        addNote(measurement.note, "count", std::string(count));
    }
    measurement.samples.push_back(used);
}

/// "'Operation data' used 64 bytes with alignment overhead (requested 60 bytes for 3 allocations)"
bool takeKind(std::string_view text, SessionBuilder& builder) {
    const auto kind = between(text, "'", "'");
    const auto used = between(text, " used ", " bytes");
    const auto bytes = used ? integerOf(*used) : std::nullopt;
    if (!kind || !bytes) return false;
    const auto requested = between(text, "(requested ", " bytes");
    const auto count = between(text, " for ", " allocation");
    addAllocation(builder, *kind, static_cast<double>(*bytes), requested.value_or(""),
                  count.value_or(""));
    return true;
}

}  // namespace

bool TflmAllocationLines::take(std::string_view line, SessionBuilder& builder) {
    if (const auto text = behind(line, "[RecordingMicroAllocator] ")) {
        const auto arena = behind(*text, "Arena allocation ");
        if (!arena) return takeKind(*text, builder);
        const size_t space = arena->find(' ');
        const auto bytes = between(*arena, " ", " bytes");
        const auto value = bytes ? integerOf(*bytes) : std::nullopt;
        if (!value) return false;
        builder.add("arena/" + std::string(arena->substr(0, space)), Quantity::Bytes,
                    static_cast<double>(*value));
        return true;
    }
    if (line.starts_with("[[ Table ]]: Arena"))
        m_table = Table::Arena;
    else if (line.starts_with("[[ Table ]]: Allocations"))
        m_table = Table::Allocations;
    else
        return takeTableRow(line, builder);
    return true;
}

bool TflmAllocationLines::takeTableRow(std::string_view line, SessionBuilder& builder) {
    if (m_table == Table::None) return false;
    const auto cells = piecesOf(line, '|');
    const bool isArena = m_table == Table::Arena;
    if (cells.size() != (isArena ? 3u : 6u)) return false;
    const auto bytes = integerOf(cells[isArena ? 1 : 2]);
    if (!bytes || cells[0].empty()) return false;
    if (isArena)
        builder.add("arena/" + std::string(cells[0]), Quantity::Bytes, static_cast<double>(*bytes));
    else
        addAllocation(builder, cells[0], static_cast<double>(*bytes), cells[3], cells[4]);
    return true;
}

}  // namespace importers
