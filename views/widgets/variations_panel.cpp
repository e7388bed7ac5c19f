// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/variations_panel.h"

#include <QComboBox>
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
    sortByChoice();
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
