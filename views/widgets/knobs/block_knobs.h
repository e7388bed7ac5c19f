// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BlockKnobs: the blocks that the model can do without, each with a mark for being left out.

#include <vector>

#include "types/model_block.h"
#include "views/widgets/knobs/knob_box.h"

class QListWidget;
class QListWidgetItem;

namespace views {

class BlockKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit BlockKnobs(QWidget* parent = nullptr);

    /// Those of the model as opened.
    void setBlocks(const std::vector<types::ModelBlock>& blocks);
    QString summary() const override;

private:
    void leaveOut(const QListWidgetItem& item);

    QListWidget* m_list;
};

}  // namespace views
