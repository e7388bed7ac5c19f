// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ChannelKnobs: knobs that remove channels (width, pruning) and set weights to zero.

#include "views/widgets/knobs/knob_box.h"

namespace views {

class ChannelKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit ChannelKnobs(QWidget* parent = nullptr);
    QString summary() const override;

private:
    void buildWidth(QFormLayout& form);
    void buildPruning(QFormLayout& form);
    void buildManner(QFormLayout& form);
    void buildRounding(QFormLayout& form);
    void buildZeros(QFormLayout& form);
};

}  // namespace views
