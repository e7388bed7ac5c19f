// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawings.h"

#include <algorithm>

#include "types/number_text.h"
#include "types/target.h"

namespace report {
namespace {

using namespace types;
using document::Drawing;
using document::Ink;
using document::Mark;
using Shape = document::Mark::Shape;

constexpr double kPageWidth = 960, kTitleHeight = 20;
constexpr double kMapHeight = 220, kAxisHeight = 18;
constexpr double kLabelWidth = 34;  ///< a rectangle that is wider may say its tensor

/// Where a map lies in its drawing, and the address of its upper edge.
struct MapFrame {
    double x = 0, width = kPageWidth;
    int64_t top = 1;

    double yOf(int64_t address) const {
        return kTitleHeight + kMapHeight * (1 - static_cast<double>(address) /
                                                    static_cast<double>(std::max<int64_t>(1, top)));
    }
};

Mark textMark(double x, double y, std::string text, Ink ink = Ink::Muted, bool endsThere = false) {
    return {Shape::Text, x, y, endsThere ? -1.0 : 0.0, 0, ink, std::move(text)};
}

std::string bytesText(int64_t bytes) {
    return grouped(bytes) + " bytes";
}

/// One column per operator.
class ArenaMapping {
public:
    ArenaMapping(const Evaluation& e, const MapFrame& frame, Drawing& drawing)
        : m_plan(e.budgetedPlan()),
          m_frame(frame),
          m_last(std::max(0, static_cast<int32_t>(e.layers.size()) - 1)),
          m_column(frame.width / (m_last + 1)),
          m_drawing(drawing) {}

    void draw() {
        for (const PlannedBuffer& buffer : m_plan.buffers)
            add(buffer);
        const double base = m_frame.yOf(0);
        m_drawing.marks.push_back({Shape::Line, m_frame.x, base, m_frame.width, 0, Ink::Line});
        const int32_t step = std::max(1, (m_last + 1 + 9) / 10);
        for (int32_t op = 0; op <= m_last; op += step)
            m_drawing.marks.push_back(
                textMark(m_frame.x + op * m_column, base + 13, "#" + std::to_string(op)));
    }

private:
    void add(const PlannedBuffer& buffer) {
        const int32_t from = std::clamp(buffer.firstOp, 0, m_last);
        const int32_t to = std::clamp(buffer.lastOp, from, m_last);
        const double x = m_frame.x + from * m_column, width = (to - from + 1) * m_column;
        const double y = m_frame.yOf(buffer.offset + buffer.size);
        const double height = m_frame.yOf(buffer.offset) - y;
        const bool isAtPeak = buffer.aliveAt(m_plan.peakOp);
        m_drawing.marks.push_back(
            {Shape::Area, x, y, width, height, isAtPeak ? Ink::Second : Ink::First});
        if (width < kLabelWidth || height < 13) return;
        m_drawing.marks.push_back(textMark(
            x + 3, y + height / 2 + 4,
            buffer.isScratch() ? "scratch" : "T" + std::to_string(buffer.tensor), Ink::Text));
    }

    const MemoryPlan& m_plan;
    MapFrame m_frame;
    int32_t m_last;
    double m_column;
    Drawing& m_drawing;
};

std::string planText(const Evaluation& e) {
    const MemoryPlan& plan = e.budgetedPlan();
    return bytesText(plan.arenaBytes) + " planned by " + plannerName(e) + ", peak at #" +
           std::to_string(plan.peakOp);
}

/// The board's room, where it lies within the frame.
void addLimit(const Evaluation& e, const MapFrame& frame, Drawing& drawing) {
    const auto room = e.arenaRoomBytes();
    if (!room || *room > frame.top) return;
    const double y = frame.yOf(*room);
    drawing.marks.push_back({Shape::Line, frame.x, y, frame.width, 0, Ink::Limit});
    drawing.marks.push_back(textMark(frame.x + frame.width, y - 4,
                                     "the board leaves " + bytesText(*room), Ink::Limit, true));
}

}  // namespace

std::string plannerName(const Evaluation& e) {
    return runtimeOf(e.device) == Runtime::Netcaliper ? "our own planner, in place"
                                                      : "TFLM's greedy planner";
}

Drawing arenaDrawing(const Evaluation& e) {
    MapFrame frame;
    frame.top = e.budgetedPlan().arenaBytes;
    // A limit not far above is worth its room.
    if (const auto room = e.arenaRoomBytes(); room && *room < 2 * frame.top)
        frame.top = std::max(frame.top, *room);
    Drawing drawing{kPageWidth,
                    kTitleHeight + kMapHeight + kAxisHeight,
                    "Arena over the operators: " + planText(e) + ". The table holds its buffers.",
                    {},
                    "Operators from left to right, addresses upwards. Blue: alive at the peak. T: "
                    "tensor."};
    drawing.marks.push_back(textMark(0, 12, planText(e)));
    ArenaMapping(e, frame, drawing).draw();
    addLimit(e, frame, drawing);
    return drawing;
}

Drawing arenasDrawing(const Evaluation& baseline, const Evaluation& candidate) {
    MapFrame left, right;
    left.width = right.width = kPageWidth / 2 - 15;
    right.x = kPageWidth / 2 + 15;
    left.top = right.top =
        std::max(baseline.budgetedPlan().arenaBytes, candidate.budgetedPlan().arenaBytes);
    Drawing drawing{kPageWidth,
                    kTitleHeight + kMapHeight + kAxisHeight,
                    "Arenas: baseline " + planText(baseline) + "; candidate " + planText(candidate),
                    {},
                    "Left: baseline. Right: candidate. Blue: alive at the peak."};
    drawing.marks.push_back(textMark(left.x, 12, "baseline: " + planText(baseline)));
    drawing.marks.push_back(textMark(right.x, 12, "candidate: " + planText(candidate)));
    ArenaMapping(baseline, left, drawing).draw();
    ArenaMapping(candidate, right, drawing).draw();
    return drawing;
}

Drawing barsDrawing(const Bars& bars) {
    constexpr double kHigh = 160;
    double largest = 0;
    for (const auto& values : bars.columns)
        for (const double value : values)
            largest = std::max(largest, value);
    if (largest <= 0) return {};
    Drawing drawing{kPageWidth,
                    kTitleHeight + kHigh + kAxisHeight,
                    bars.title + "; the table holds the same figures",
                    {},
                    bars.caption};
    drawing.marks.push_back(textMark(0, 12, bars.title + ", at most " + digits(largest, 4)));
    const double base = kTitleHeight + kHigh;
    const double column = kPageWidth / static_cast<double>(bars.columns.size());
    const size_t step = std::max<size_t>(1, (bars.columns.size() + 19) / 20);
    for (size_t i = 0; i < bars.columns.size(); ++i) {
        const auto& values = bars.columns[i];
        const double bar = std::min(48.0, column * 0.84) / static_cast<double>(values.size());
        for (size_t v = 0; v < values.size(); ++v) {
            const double height = kHigh * values[v] / largest;
            const bool isLast = v + 1 == values.size();
            if (values[v] > 0)
                drawing.marks.push_back({Shape::Bar, static_cast<double>(i) * column + v * bar,
                                         base - height, bar, height,
                                         isLast ? Ink::Second : Ink::First});
        }
        if (i % step == 0)
            drawing.marks.push_back(
                textMark(static_cast<double>(i) * column, base + 13, std::to_string(i)));
    }
    drawing.marks.push_back({Shape::Line, 0, base, kPageWidth, 0, Ink::Line});
    return drawing;
}

}  // namespace report
