// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/variations_panel.h"

#include <QAction>
#include <QComboBox>
#include <QInputDialog>
#include <QVBoxLayout>
#include <algorithm>

#include "views/models/roles.h"
#include "views/widgets/variation_delegate.h"

namespace views {

VariationsPanel::VariationsPanel(VariationsModel& variations, QWidget* parent)
    : QWidget(parent),
      m_variations(variations),
      m_title(new QLabel),
      m_sort(new QComboBox),
      m_list(new QListView) {
    m_proxy.setSourceModel(&variations);
    m_proxy.setSortRole(SortRole);
    m_list->setModel(&m_proxy);
    m_list->setItemDelegate(new VariationDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Variations tried"));
    m_sort->addItem(tr("in order of trying"), int(VariationsModel::Label));
    for (Metric metric : totalMetrics())
        m_sort->addItem(tr("by %1").arg(info(metric).name), VariationsModel::columnOf(metric));
    m_sort->setAccessibleName(tr("Sort variations"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sort);
    column->addWidget(m_list, 1);
    connect(m_sort, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &VariationsPanel::sortByChoice);
    const auto choose = [this](const QModelIndex& index) {
        emit variationChosen(m_variations.at(m_proxy.mapToSource(index).row()).variation);
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(&variations, &VariationsModel::marksEdited, this, &VariationsPanel::marksEdited);
    addActions();
    sortByChoice();
}

void VariationsPanel::addActions() {
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    addListAction(tr("&Star"), {}, &VariationsPanel::star);
    // F2 is the list's own key for it.
    addListAction(tr("&Rename"), {}, &VariationsPanel::rename);
    addListAction(tr("&Note…"), {}, &VariationsPanel::note);
    addListAction(tr("&Delete"), QKeySequence::Delete, &VariationsPanel::remove);
}

QAction* VariationsPanel::addListAction(const QString& text, const QKeySequence& key,
                                        void (VariationsPanel::*act)()) {
    auto* action = new QAction(text, m_list);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(action);
    connect(action, &QAction::triggered, this, act);
    return action;
}

const TriedVariation* VariationsPanel::currentEntry() const {
    const QModelIndex current = m_proxy.mapToSource(m_list->currentIndex());
    return current.isValid() ? &m_variations.at(current.row()) : nullptr;
}

void VariationsPanel::star() {
    const TriedVariation* entry = currentEntry();
    if (!entry) return;
    Marks marks = entry->marks;
    marks.isStarred = !marks.isStarred;
    emit marksEdited({{entry->variation, marks}}, marks.isStarred ? tr("star") : tr("remove star"));
}

void VariationsPanel::rename() {
    if (m_list->currentIndex().isValid()) m_list->edit(m_list->currentIndex());
}

void VariationsPanel::note() {
    const TriedVariation* entry = currentEntry();
    if (!entry) return;
    bool isAccepted = false;
    const types::Variation variation = entry->variation;
    Marks marks = entry->marks;
    marks.note = QInputDialog::getText(this, tr("Note"), tr("Note on %1:").arg(entry->name()),
                                       QLineEdit::Normal, marks.note, &isAccepted)
                     .trimmed();
    if (isAccepted) emit marksEdited({{variation, marks}}, tr("note"));
}

/// The original stays, because everything is compared with it.
void VariationsPanel::remove() {
    const TriedVariation* entry = currentEntry();
    if (!entry || entry->variation.isIdentity()) return;
    Marks marks = entry->marks;
    marks.isDeleted = true;
    emit marksEdited({{entry->variation, marks}}, tr("delete %1").arg(entry->name()));
}

void VariationsPanel::setModelName(const QString& name, const QString& path) {
    m_name = name;
    m_title->setToolTip(path);
    elideName();
}

void VariationsPanel::sortByChoice() {
    const int column = m_sort->currentData().toInt();
    const auto& metrics = totalMetrics();
    const bool isBestFirst = std::any_of(metrics.begin(), metrics.end(), [column](Metric metric) {
        return info(metric).higherIsBetter && VariationsModel::columnOf(metric) == column;
    });
    m_proxy.sort(column, isBestFirst ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void VariationsPanel::elideName() {
    m_title->setText(m_title->fontMetrics().elidedText(m_name, Qt::ElideMiddle, width() - 16));
}

void VariationsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    elideName();
}

}  // namespace views
