// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointLens: how the user looks at a PointStore: the axes, and which points are hidden (filtered
// out or deleted), dimmed (outside a brush, a limit or the best k, or of another board), or lit.
// The front and the suggestions are those of the lit points in the two axes of the plot. The plots
// and the table share it, so that a brush in one shows in all.
//
// Speed: points that arrive cost O(log n) each; a change of filter, brush or limit visits every
// point once. Thread rules: the GUI thread only.

#include <QObject>
#include <limits>
#include <map>

#include "views/models/pareto.h"
#include "views/models/point_filter.h"

namespace views {

struct Span {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    /// False for NaN.
    bool contains(double value) const { return value >= low && value <= high; }
    bool operator==(const Span&) const = default;
};

struct AxisSetting {
    int column = -1;
    bool logarithmic = false;
    bool isFlipped = false;     ///< high values at the bottom; parallel coordinates only
    std::optional<Span> shown;  ///< the displayed part; empty: all values

    bool operator==(const AxisSetting&) const = default;
};

enum class PointState : uint8_t { Hidden, Dimmed, Lit };

/// A point worth a look, and why.
struct Suggestion {
    int row = -1;
    QString reason;
};

class PointLens : public QObject {
    Q_OBJECT

public:
    explicit PointLens(PointStore& store, QObject* parent = nullptr);

    PointStore& store() const { return m_store; }

    const AxisSetting& x() const { return m_x; }
    const AxisSetting& y() const { return m_y; }
    void setPlotAxes(const AxisSetting& x, const AxisSetting& y);
    /// Of the parallel coordinates, from left to right.
    const std::vector<AxisSetting>& axes() const { return m_axes; }
    void setAxes(std::vector<AxisSetting> axes);
    /// Three knobs that differ, then costs and the first quality that is known.
    std::vector<AxisSetting> usualAxes() const;

    void setFilter(PointFilter filter);
    /// Only values within the span are lit.
    void setBrush(int column, const std::optional<Span>& span);
    std::optional<Span> brush(int column) const;
    /// The worst value of the column that is acceptable. A prediction keeps it by the worse end of
    /// its band.
    void setLimit(int column, const std::optional<double>& limit);
    std::optional<double> limit(int column) const;
    const std::map<int, double>& limits() const { return m_limits; }
    /// Only the best `count` values of the column are lit; 0: all.
    void setTop(int count, int column);
    bool isNarrowed() const { return !m_brushes.empty() || !m_limits.empty() || m_topCount > 0; }
    /// Removes brushes, limits and top.
    void clearNarrowing();

    PointState state(int row) const { return m_states[static_cast<size_t>(row)]; }
    /// Rows of the lit points, ascending.
    const std::vector<int>& lit() const { return m_lit; }
    /// How many points are not hidden, and a number that changes when these do.
    int shownCount() const { return m_shown; }
    quint64 shownRevision() const { return m_shownRevision; }
    /// Rows of the front, by ascending x.
    std::vector<int> front() const { return m_front.ids(); }
    /// Those that together dominate the largest area of the plot, in its scales; by ascending x.
    std::vector<Suggestion> suggestions(int count) const;

    /// Least and greatest value of the points that are not hidden, above 0 where `logarithmic`;
    /// empty where there is none.
    std::optional<Span> extent(int column, bool logarithmic) const;
    /// True where the limit holds for the row's prediction, too.
    bool keepsLimit(int column, double limit, int row) const;

signals:
    /// States, front or points changed.
    void changed();
    void axesChanged();

private:
    void recompute();
    void judgeAll();
    void forgetGoneColumns();
    void takeNew(int first);
    PointState stateOf(int row) const;
    void keepTop();
    void addToFront(int row);
    void rebuildFront();
    double scaled(const AxisSetting& axis, int row) const;
    QString reasonOf(const std::vector<int>& chosen, size_t index, double share) const;

    PointStore& m_store;
    AxisSetting m_x, m_y;
    std::vector<AxisSetting> m_axes;
    PointFilter m_filter;
    std::map<int, Span> m_brushes;
    std::map<int, double> m_limits;
    int m_topCount = 0, m_topColumn = -1;
    std::vector<PointState> m_states;
    std::vector<int> m_lit;
    int m_shown = 0;
    quint64 m_shownRevision = 0;
    ParetoFront m_front;
};

}  // namespace views
