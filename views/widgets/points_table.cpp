// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/points_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace views {
namespace {

constexpr int kWidestPointName = 260;

}  // namespace

PointsTable::PointsTable(PointLens& lens, PointsModel& points, QWidget* parent)
    : DataTable(parent), m_lens(lens), m_points(points) {
    setAccessibleName(tr("Variations"));
    setSourceSorts(true);
    setSource(&points);
    setEditTriggers(EditKeyPressed);
    horizontalHeader()->setStretchLastSection(true);
    connect(&points, &PointsModel::marksEdited, this, &PointsTable::marksEdited);
    connect(&points, &QAbstractItemModel::modelAboutToBeReset, this, &PointsTable::keepSelection);
    connect(&points, &QAbstractItemModel::modelReset, this, &PointsTable::restoreSelection);
    connect(&points, &QAbstractItemModel::modelReset, this, &PointsTable::hideEmptyColumns);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == PointsModel::Star) starSelected();
    });
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.column() != PointsModel::Star && currentPoint() >= 0)
            emit pointOpened(currentPoint());
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (currentPoint() >= 0) emit pointPicked(currentPoint());
    });
    hideEmptyColumns();
}

void PointsTable::hideEmptyColumns() {
    const int ops = PointsModel::FirstMetric + PointStore::columnOf(Metric::Ops);
    for (int column = 0; column < m_points.columnCount(); ++column)
        setColumnHidden(column, column == ops || !m_points.hasValues(column));
    if (m_isFitted || m_points.rowCount() == 0) return;
    m_isFitted = true;
    resizeColumnsToContents();
    setColumnWidth(PointsModel::Name, std::min(columnWidth(PointsModel::Name), kWidestPointName));
}

void PointsTable::keepSelection() {
    constexpr int kMostKept = 1000;
    const bool isSmall = selectionModel()->selectedRows().size() <= kMostKept;
    m_kept = isSmall ? selectedPoints() : std::vector<int>();
    m_keptCurrent = currentPoint();
}

void PointsTable::restoreSelection() {
    std::vector<int> rows;
    for (const int point : m_kept)
        if (const int row = m_points.rowOf(point); row >= 0) rows.push_back(row);
    // What was picked is picked still, and no news.
    const QSignalBlocker blocker(this);
    if (!rows.empty()) selectSourceRows(rows, m_points.rowOf(m_keptCurrent));
}

bool PointsTable::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
    const bool isBegun = DataTable::edit(index, trigger, event);
    if (state() == EditingState) m_points.hold(true);
    return isBegun;
}

void PointsTable::closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) {
    m_points.hold(false);
    DataTable::closeEditor(editor, hint);
}

std::vector<int> PointsTable::selectedPoints() const {
    std::vector<int> points;
    for (const int row : selectedSourceRows())
        points.push_back(m_points.at(row));
    return points;
}

int PointsTable::currentPoint() const {
    const int row = currentSourceRow();
    return row < 0 || row >= m_points.rowCount() ? -1 : m_points.at(row);
}

void PointsTable::showPoint(int point) {
    if (point != currentPoint()) setCurrentSourceRow(m_points.rowOf(point));
}

/// Sets the stars of all, or removes them where all have one.
void PointsTable::starSelected() {
    const PointStore& store = m_lens.store();
    const std::vector<int> points = selectedPoints();
    const bool allHave = std::all_of(points.begin(), points.end(),
                                     [&](int point) { return store.marks(point).isStarred; });
    MarksEdit edit;
    for (const int point : points) {
        Marks marks = store.marks(point);
        marks.isStarred = !allHave;
        edit.emplace_back(store.variations(point).front(), marks);
    }
    if (!edit.empty()) emit marksEdited(edit, allHave ? tr("remove star") : tr("star"));
}

void PointsTable::editCell(int column) {
    const QModelIndex current = currentIndex();
    if (current.isValid()) QAbstractItemView::edit(current.sibling(current.row(), column));
}

void PointsTable::renameCurrent() {
    editCell(PointsModel::Name);
}

void PointsTable::noteCurrent() {
    editCell(PointsModel::noteColumn());
}

/// The original stays, because everything is compared with it.
void PointsTable::deleteSelected() {
    const PointStore& store = m_lens.store();
    MarksEdit edit;
    for (const int point : selectedPoints()) {
        const types::Variation& variation = store.variations(point).front();
        if (variation.isIdentity()) continue;
        Marks marks = store.marks(point);
        marks.isDeleted = true;
        edit.emplace_back(variation, marks);
    }
    if (edit.empty()) return;
    const int first = store.rowOf(edit.front().first);
    emit marksEdited(edit, edit.size() == 1 ? tr("delete %1").arg(store.name(first))
                                            : tr("delete %1 variations").arg(edit.size()));
}

void PointsTable::addOwnActions(QMenu& menu) {
    if (currentPoint() < 0) return;
    menu.addAction(tr("&Open in the window"), this, [this] { emit pointOpened(currentPoint()); });
    menu.addAction(tr("&Star"), this, &PointsTable::starSelected);
    menu.addAction(tr("&Rename"), this, &PointsTable::renameCurrent, QKeySequence(Qt::Key_F2));
    menu.addAction(tr("&Note"), this, &PointsTable::noteCurrent);
    menu.addAction(tr("&Delete"), this, &PointsTable::deleteSelected, QKeySequence::Delete);
}

void PointsTable::keyPressEvent(QKeyEvent* event) {
    const bool isOpen = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isOpen && state() != EditingState && currentPoint() >= 0)
        return emit pointOpened(currentPoint());
    if (event->matches(QKeySequence::Delete)) return deleteSelected();
    if (event->key() == Qt::Key_F2)
        return currentIndex().column() == PointsModel::noteColumn() ? noteCurrent()
                                                                    : renameCurrent();
    DataTable::keyPressEvent(event);
}

}  // namespace views
