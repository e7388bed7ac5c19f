// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/points_model.h"

#include <algorithm>
#include <cmath>

#include "views/models/point_axis.h"
#include "views/models/roles.h"

namespace views {
namespace {

/// A brush that is dragged changes the table at most so often.
constexpr int kRefreshMs = 60;

QString starOf(const Marks& marks) {
    return QString(QChar(marks.isStarred ? 0x2605 : 0x2606));
}

QString fitWord(types::Verdict verdict) {
    if (verdict == types::Verdict::Fits) return QObject::tr("fits");
    return verdict == types::Verdict::Exceeds ? QObject::tr("too large") : QObject::tr("not known");
}

}  // namespace

PointsModel::PointsModel(PointLens& lens, QObject* parent) : m_lens(lens) {
    setParent(parent);
    m_untilRefresh.setSingleShot(true);
    connect(&m_untilRefresh, &QTimer::timeout, this, &PointsModel::refresh);
    connect(&lens, &PointLens::changed, this, [this] {
        if (!m_untilRefresh.isActive()) m_untilRefresh.start(kRefreshMs);
    });
    refresh();
}

int PointsModel::fitColumn() {
    return FirstMetric + PointStore::figureColumns();
}

int PointsModel::noteColumn() {
    return fitColumn() + 1;
}

int PointsModel::columns() const {
    return noteColumn() + 1;
}

bool PointsModel::isFigure(int column) const {
    return column >= FirstMetric && column < fitColumn();
}

bool PointsModel::hasValues(int column) const {
    if (!isFigure(column)) return true;
    return m_lens.extent(column - FirstMetric, false).has_value();
}

int PointsModel::rowOf(int point) const {
    for (int row = 0; point >= 0 && row < rowCount(); ++row)
        if (at(row) == point) return row;
    return -1;
}

void PointsModel::setShown(int point) {
    if (point == m_shown) return;
    m_shown = point;
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void PointsModel::refresh() {
    if (m_isHeld) return m_untilRefresh.start(kRefreshMs);
    m_untilRefresh.stop();
    std::vector<int> points = m_lens.lit();
    sortRows(points);
    const bool isUpdate = std::ranges::equal(points, rows());
    setRows(std::move(points), isUpdate);
}

void PointsModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_order = order;
    refresh();
}

/// Missing values come last in either order.
void PointsModel::sortRows(std::vector<int>& points) const {
    if (m_sortColumn < 0) return;
    const PointStore& store = m_lens.store();
    const bool isRising = m_order == Qt::AscendingOrder;
    if (m_sortColumn == Name || m_sortColumn == noteColumn()) {
        const auto text = [&](int point) {
            return m_sortColumn == Name ? store.name(point) : store.marks(point).note;
        };
        std::stable_sort(points.begin(), points.end(), [&](int a, int b) {
            const int order = text(a).compare(text(b), Qt::CaseInsensitive);
            return isRising ? order < 0 : order > 0;
        });
        return;
    }
    const auto number = [&](int point) -> double {
        if (m_sortColumn == Star) return store.marks(point).isStarred ? 0 : 1;
        if (m_sortColumn == fitColumn()) return static_cast<double>(store.verdict(point));
        return store.value(m_sortColumn - FirstMetric, point);
    };
    std::stable_sort(points.begin(), points.end(), [&](int a, int b) {
        const double left = number(a), right = number(b);
        if (std::isnan(left) || std::isnan(right)) return !std::isnan(left) && std::isnan(right);
        return isRising ? left < right : left > right;
    });
}

Qt::ItemFlags PointsModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags usual = RowsModel::flags(index);
    const bool isText = index.column() == Name || index.column() == noteColumn();
    return isText ? usual | Qt::ItemIsEditable : usual;
}

bool PointsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !index.isValid()) return false;
    const int point = at(index.row());
    const types::Variation& variation = m_lens.store().variations(point).front();
    Marks marks = m_lens.store().marks(point);
    QString& text = index.column() == Name ? marks.name : marks.note;
    QString typed = value.toString().trimmed();
    // The label typed as it is, is no name of the user's own.
    if (index.column() == Name && typed == QString::fromStdString(variation.label())) typed.clear();
    if (typed == text) return false;
    text = typed;
    emit marksEdited({{variation, marks}}, index.column() == Name ? tr("rename") : tr("note"));
    return true;
}

QVariant PointsModel::cell(int row, int column, int role) const {
    const int point = at(row);
    if (role == CurrentRole) return point == m_shown;
    if (role == DimmedRole) return m_lens.store().isOutdated(point);
    return isFigure(column) ? figureCell(point, column - FirstMetric, role)
                            : textCell(point, column, role);
}

QVariant PointsModel::textCell(int point, int column, int role) const {
    const PointStore& store = m_lens.store();
    const bool isText = role == Qt::DisplayRole || role == PlainRole || role == Qt::EditRole;
    if (role == Qt::ToolTipRole)
        return column == Star ? tr("Click to set or remove the star")
                              : pointTip(m_lens, point, {m_lens.x().column, m_lens.y().column});
    if (!isText) return {};
    if (column == Star) {
        if (role == PlainRole) return store.marks(point).isStarred ? "*" : "";
        return starOf(store.marks(point));
    }
    if (column == noteColumn()) return store.marks(point).note;
    if (column != Name) return fitWord(store.verdict(point));
    const size_t same = store.variations(point).size();
    const bool hasCount = same > 1 && role == Qt::DisplayRole;
    return hasCount ? store.name(point) + QStringLiteral(" ×%1").arg(same) : store.name(point);
}

QVariant PointsModel::figureCell(int point, int figure, int role) const {
    const double value = m_lens.store().value(figure, point);
    const Unit unit = m_lens.store().column(figure).unit;
    switch (role) {
        case Qt::DisplayRole:
            return std::isnan(value) ? kUnknown : exactNumber(unit, value);
        case PlainRole:
            return std::isnan(value) ? QString() : plainNumber(unit, value);
        case Qt::ToolTipRole:
            return figureSentence(m_lens.store(), figure, point);
        default:
            return {};
    }
}

QVariant PointsModel::headerCell(int column, int role) const {
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    if (isFigure(column)) {
        const PointColumn& facts = m_lens.store().column(column - FirstMetric);
        if (role == Qt::DisplayRole)
            return facts.metric ? headerText(*facts.metric) : facts.name + tr(" (bytes)");
        const bool hasDefinition = role == Qt::ToolTipRole && facts.metric;
        return hasDefinition ? QVariant(info(*facts.metric).definition) : QVariant();
    }
    if (role != Qt::DisplayRole) return {};
    if (column == Star) return QString(QChar(0x2605));
    if (column == Name) return tr("Variation");
    return column == fitColumn() ? tr("Fit") : tr("Note");
}

}  // namespace views
