// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/block_knobs.h"

#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <algorithm>

#include "views/number_format.h"

namespace views {

namespace {

constexpr int kBlockRole = Qt::UserRole;  ///< of an item: ModelBlock::last
constexpr int kMostLines = 8;             ///< shown without a scroll bar

bool isLeftOut(const types::Variation& variation, int32_t block) {
    const auto layer = variation.layers.find(block);
    return layer != variation.layers.end() && layer->second.dropBlock;
}

}  // namespace

BlockKnobs::BlockKnobs(QWidget* parent) : KnobBox(parent), m_list(new QListWidget) {
    QFormLayout* form = buildForm();
    m_list->setAccessibleName(tr("Blocks to leave out"));
    m_list->setToolTip(
        tr("A marked block is left out: what it reads goes on in place of what it makes. With "
           "data, the layers around it are solved again to make up for it."));
    form->addRow(m_list);
    connect(m_list, &QListWidget::itemChanged, this,
            [this](QListWidgetItem* item) { leaveOut(*item); });
    onDisplay([this](const types::Variation& v) {
        for (int i = 0; i < m_list->count(); ++i) {
            QListWidgetItem& item = *m_list->item(i);
            item.setCheckState(isLeftOut(v, item.data(kBlockRole).toInt()) ? Qt::Checked
                                                                           : Qt::Unchecked);
        }
    });
    setBlocks({});
}

void BlockKnobs::setBlocks(const std::vector<types::ModelBlock>& blocks) {
    m_list->blockSignals(true);
    m_list->clear();
    for (const types::ModelBlock& block : blocks) {
        auto* item = new QListWidgetItem(QString::fromStdString(block.name), m_list);
        item->setData(kBlockRole, block.last);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Unchecked);
        item->setToolTip(tr("%1 MACs, %2 bytes of weights")
                             .arg(grouped(block.macs), grouped(block.weightBytes)));
    }
    m_list->blockSignals(false);
    const int lines = std::clamp(m_list->count(), 1, kMostLines);
    m_list->setFixedHeight(lines * m_list->fontMetrics().lineSpacing() * 5 / 4 + 8);
    setVariation(variation());
}

void BlockKnobs::leaveOut(const QListWidgetItem& item) {
    const int block = item.data(kBlockRole).toInt();
    const bool isMarked = item.checkState() == Qt::Checked;
    edit([block, isMarked](types::Variation& v) {
        v.layers[block].dropBlock = isMarked;
        if (v.layers[block].isEmpty()) v.layers.erase(block);
    });
}

QString BlockKnobs::summary() const {
    const auto& layers = variation().layers;
    const auto count = std::count_if(layers.begin(), layers.end(),
                                     [](const auto& layer) { return layer.second.dropBlock; });
    if (count == 0) return tr("all kept");
    return count == 1 ? tr("1 left out") : tr("%1 left out").arg(count);
}

}  // namespace views
