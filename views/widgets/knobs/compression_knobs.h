// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CompressionKnobs: how weights are stored in the file: plain, or encoded for TFLM's DECODE.

#include "views/widgets/knobs/knob_box.h"

namespace views {

ChoiceText compressionText(types::Compression method);

class CompressionKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit CompressionKnobs(QWidget* parent = nullptr);
    QString summary() const override;

private:
    QComboBox* m_method;
};

}  // namespace views
