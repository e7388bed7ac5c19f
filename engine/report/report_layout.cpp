// SPDX-License-Identifier: GPL-3.0-or-later
// Memory and layers.
#include <algorithm>
#include <numeric>

#include "report/drawings.h"
#include "report/report_parts.h"
#include "types/number_text.h"
#include "types/quantity_text.h"

namespace report {
namespace {

using namespace types;
using document::Document;
using document::Heading;
using document::Paragraph;
using document::Table;

constexpr size_t kMaxRows = 40;  ///< of layers; the others are one row

void addBudget(Document& page, const char* memory, const std::optional<Budget>& budget) {
    if (!budget) return;
    const bool isKnown = budget->isKnown();
    const int64_t spare = budget->spareBytes();
    std::string text = std::string(memory) + ": " + (isKnown ? "" : "at least ") +
                       grouped(budget->usedBytes) + " of " + grouped(budget->limitBytes) +
                       " bytes, ";
    text += spare < 0 ? grouped(-spare) + " too much" : grouped(spare) + " to spare";
    if (!budget->region.empty())
        text += "; the arena of " + grouped(budget->blockBytes) + " bytes needs one block, " +
                budget->region + " has " + grouped(budget->regionBytes);
    page.add(Paragraph{text + "."});
    Table table{{{"Line"}, {"Bytes", true}, {"Source"}}, {}};
    for (const BudgetLine& line : budget->lines)
        table.rows.push_back(
            {line.what, (line.isUnknown ? "at least " : "") + grouped(line.bytes), line.source});
    page.add(std::move(table));
}

/// Names that converters join from many say enough at both ends.
std::string shortened(const std::string& name) {
    constexpr size_t kEnd = 32;
    if (name.size() <= 2 * kEnd + 3) return name;
    return name.substr(0, kEnd) + "..." + name.substr(name.size() - kEnd);
}

/// The buffers alive at the peak, largest first.
Table peakTable(const Evaluation& e) {
    const MemoryPlan& plan = e.budgetedPlan();
    std::vector<PlannedBuffer> alive;
    for (const PlannedBuffer& buffer : plan.buffers)
        if (buffer.aliveAt(plan.peakOp)) alive.push_back(buffer);
    std::ranges::stable_sort(alive, std::ranges::greater(), &PlannedBuffer::size);
    Table table{{{"Alive at the peak"}, {"Bytes", true}, {"Address", true}, {"From"}, {"To"}}, {}};
    for (const PlannedBuffer& buffer : alive)
        table.rows.push_back(
            {buffer.isScratch() ? "scratch" : shortened(tensorLabel(*e.graph, buffer.tensor)),
             grouped(buffer.size), grouped(buffer.offset),
             buffer.firstOp < 0 ? "input" : "#" + std::to_string(buffer.firstOp),
             "#" + std::to_string(buffer.lastOp)});
    return table;
}

/// Time where all layers have one, else MACs.
struct CostKind {
    bool isTime = false;

    explicit CostKind(const Evaluation& e) : isTime(e.totals.latencyUs.has_value()) {}
    double of(const LayerEvaluation& layer) const {
        if (isTime) return layer.latencyUs ? layer.latencyUs->value : 0;
        return static_cast<double>(layer.macs);
    }
    const char* title() const {
        return isTime ? "Predicted time of each layer, \u00b5s" : "MACs of each layer";
    }
};

/// Sources of costs, each named once and numbered from 1.
class SourceList {
public:
    std::string numberOf(const std::string& source) {
        if (source.empty()) return {};
        const auto found = std::ranges::find(m_sources, source);
        const auto at = found - m_sources.begin();
        if (found == m_sources.end()) m_sources.push_back(source);
        return "[" + std::to_string(at + 1) + "]";
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        for (size_t i = 0; i < m_sources.size(); ++i)
            lines.push_back("[" + std::to_string(i + 1) + "] " + m_sources[i]);
        return lines;
    }

private:
    std::vector<std::string> m_sources;
};

std::vector<std::string> costRow(const LayerEvaluation& layer, double share, SourceList& sources) {
    std::string band;
    if (layer.latencyUs)
        band = durationText(layer.latencyUs->low) + " to " + durationText(layer.latencyUs->high);
    return {"#" + std::to_string(layer.index),
            layer.op,
            layer.outputShapes.empty() ? "" : shapeText(layer.outputShapes[0]),
            percentText(100 * share, "%.1f"),
            layer.latencyUs ? durationText(layer.latencyUs->value) : "unknown",
            band,
            grouped(layer.macs),
            grouped(layer.weightBytes),
            sources.numberOf(layer.costSource)};
}

Table costTable(const Evaluation& e, const CostKind& cost, SourceList& sources) {
    Table table{{{"Layer"},
                 {"Operator"},
                 {"Output"},
                 {"Share", true},
                 {"Time", true},
                 {"90 % band", true},
                 {"MACs", true},
                 {"Weights, bytes", true},
                 {"From"}},
                {}};
    std::vector<const LayerEvaluation*> order;
    double total = 0;
    for (const LayerEvaluation& layer : e.layers) {
        order.push_back(&layer);
        total += cost.of(layer);
    }
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [&](const LayerEvaluation* layer) { return cost.of(*layer); });
    const size_t shown = order.size() <= kMaxRows + 1 ? order.size() : kMaxRows;
    double rest = total;
    for (size_t i = 0; i < shown; ++i) {
        rest -= cost.of(*order[i]);
        table.rows.push_back(
            costRow(*order[i], total > 0 ? cost.of(*order[i]) / total : 0, sources));
    }
    if (shown == order.size()) return table;
    std::vector<std::string> row(table.columns.size());
    row[1] = grouped(static_cast<int64_t>(order.size() - shown)) + " others";
    row[3] = percentText(total > 0 ? 100 * rest / total : 0, "%.1f");
    table.mutedRows = {table.rows.size()};
    table.rows.push_back(std::move(row));
    return table;
}

}  // namespace

void addMemory(Document& page, const ReportInput& input) {
    const Evaluation& e = *input.reported;
    page.add(Heading{"Memory"});
    addBudget(page, "SRAM", e.sram);
    addBudget(page, "Flash", e.flash);
    page.add(arenaDrawing(e));
    page.add(peakTable(e));
}

void addLayerCosts(Document& page, const ReportInput& input) {
    const Evaluation& e = *input.reported;
    const CostKind cost(e);
    Bars bars{cost.title(), {}, "In the order of execution."};
    for (const LayerEvaluation& layer : e.layers)
        bars.columns.push_back({cost.of(layer)});
    page.add(Heading{"Layers by cost"});
    if (auto drawing = barsDrawing(bars); drawing.width > 0) page.add(std::move(drawing));
    SourceList sources;
    page.add(costTable(e, cost, sources));
    if (const auto lines = sources.lines(); !lines.empty()) {
        page.add(Paragraph{"Costs come from:", true});
        page.add(document::Bullets{lines});
    }
}

}  // namespace report
