// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ChannelKnobs: what is removed from the model: channels by width and by pruning, and weights that
// are set to zero.

#include <QCheckBox>

#include "views/widgets/knobs/knob_box.h"
#include "views/widgets/knobs/share_knob.h"

namespace views {

class ChannelKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit ChannelKnobs(QWidget* parent = nullptr);
    QString summary() const override;

protected:
    void display() override;

private:
    void buildWidth(QFormLayout& form);
    void buildPruning(QFormLayout& form);
    void buildManner(QFormLayout& form);
    void buildZeros(QFormLayout& form);

    ShareKnob *m_width, *m_prune, *m_zeros;
    QComboBox *m_rounding, *m_measure, *m_scope;
    QCheckBox* m_recover;
};

}  // namespace views
