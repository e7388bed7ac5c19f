// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointStore: variations as points for exploration, tens of thousands of them, in columns: one per
// metric of totalMetrics(), what they use of the board's flash and SRAM, then one per knob that
// some variation sets. It holds no evaluations and no graphs. Variations that give the same network
// are one point.
//
// Units: those of the metrics (bytes, µs, µJ, shares 0 to 1); a choice is the index of its word, on
// and off are 1 and 0. A missing value is NaN. Ownership: Explorer owns it, and only Explorer
// writes it. Rows never move; clear() forgets all. Thread rules: the GUI thread only.

#include <QObject>
#include <array>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "types/evaluation.h"
#include "views/metric.h"
#include "views/models/marks.h"

namespace views {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A value with the interval around it; without one, low and high are NaN.
struct PointFigure {
    double value = kMissing, low = kMissing, high = kMissing;
    bool isPredicted = false;
};

/// A point as it is added; `figures` by the column.
struct NewPoint {
    types::Variation variation;  ///< normalized
    /// Hash of the network's file; points with the same one are one. Empty: a network of its own.
    std::string network;
    std::vector<PointFigure> figures;
    types::Verdict verdict = types::Verdict::Unknown;
    bool isTrained = false;
};
NewPoint pointOf(const types::Evaluation& evaluation);

struct PointColumn {
    QString name;                  ///< "Latency", "width"
    QString key;                   ///< in filters: "latency", "prune.channels"
    std::optional<Metric> metric;  ///< none: a use of the board, or a knob
    bool isKnob = false;
    Unit unit = Unit::Number;
    bool higherIsBetter = false;
    QStringList words;  ///< the choices of a knob that is one; values are their indices

    /// "41.2 ms", "0.75", "int8", "—"
    QString text(double value) const;
};

class PointStore : public QObject {
    Q_OBJECT

public:
    explicit PointStore(QObject* parent = nullptr);

    int count() const { return static_cast<int>(m_rows.size()); }
    int columnCount() const { return static_cast<int>(m_columns.size()); }
    const PointColumn& column(int column) const { return m_columns[size_t(column)].facts; }
    static int columnOf(Metric metric);
    /// Flash and SRAM of the board, with the runtime and what the profile reserves.
    static int flashColumn() { return static_cast<int>(totalMetrics().size()); }
    static int sramColumn() { return flashColumn() + 1; }
    /// Columns that every store has; those of knobs follow.
    static int figureColumns() { return sramColumn() + 1; }
    /// By row.
    const std::vector<double>& values(int column) const { return m_columns[size_t(column)].values; }
    double value(int column, int row) const { return values(column)[size_t(row)]; }
    /// Of a metric; low and high are the value where it has no interval.
    PointFigure figure(int column, int row) const;
    /// True where two points differ in it.
    bool varies(int column) const;

    /// The label of the first variation that gave the network, or the user's name for it.
    const QString& name(int row) const { return m_rows[size_t(row)].name; }
    /// All variations that gave the network; at least one.
    const std::vector<types::Variation>& variations(int row) const {
        return m_rows[size_t(row)].variations;
    }
    const Marks& marks(int row) const { return m_rows[size_t(row)].marks; }
    types::Verdict verdict(int row) const { return m_rows[size_t(row)].verdict; }
    bool isTrained(int row) const { return m_rows[size_t(row)].isTrained; }
    /// Made for another board or other data than those that are chosen.
    bool isOutdated(int row) const { return m_rows[size_t(row)].conditions != m_conditions; }
    /// Deleted, or replaced by another point; nothing shows it.
    bool isGone(int row) const {
        return m_rows[size_t(row)].marks.isDeleted || m_rows[size_t(row)].variations.empty();
    }
    /// -1: not among the points.
    int rowOf(const types::Variation& variation) const;

    /// Adds points, or gives those that are known new values; one signal for all.
    void put(const std::vector<NewPoint>& points);
    /// Also of variations that are not among the points yet.
    void setMarks(const MarksEdit& edit);
    Marks marksOf(const types::Variation& variation) const;
    /// Of all variations that have some.
    MarksEdit allMarks() const;
    /// Names board and data, which later points belong to; points of others are outdated.
    void setConditions(const std::string& conditions);
    const std::string& conditions() const { return m_conditionsText; }
    void clear();

signals:
    /// Rows from `first` on are new, the earlier ones are as they were.
    void appended(int first);
    /// Values, marks or conditions changed, or all is gone.
    void changed();

private:
    struct Column {
        PointColumn facts;
        std::vector<double> values;
        std::vector<float> lows, highs;  ///< not of knobs
        std::vector<bool> predicted;
        double least = std::numeric_limits<double>::infinity(), greatest = -least;
        bool hasValue = false, hasGap = false;
    };
    struct Row {
        QString name;
        std::vector<types::Variation> variations;
        std::string network;
        Marks marks;
        types::Verdict verdict = types::Verdict::Unknown;
        bool isTrained = false;
        int conditions = 0;
    };

    void addFigureColumns();
    int knobColumn(const std::string& path, const QStringList& words);
    void write(int column, int row, const PointFigure& figure);
    void writeKnobs(int row, const types::Variation& variation);
    int place(const NewPoint& point);
    void leave(int row, const types::Variation& variation);
    int addRow(const NewPoint& point);
    bool add(const NewPoint& point);
    void takeMarks(int row);

    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
    std::string m_conditionsText;
    std::unordered_map<std::string, int> m_byVariation, m_byNetwork, m_knobColumns,
        m_knownConditions;
    std::unordered_map<std::string, std::pair<types::Variation, Marks>> m_marks;
    int m_conditions = 0;
};

}  // namespace views
