// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// InputKnobs: height and width of the input, for models without a layer that fixes them.

#include "types/tensor.h"
#include "views/widgets/knobs/knob_box.h"

class QSpinBox;

namespace views {

class InputKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit InputKnobs(QWidget* parent = nullptr);

    /// Shape of the first input as opened; only rank 4 (NHWC) can be resized.
    void setInputShape(const types::Shape& shape);
    QString summary() const override;

protected:
    void display() override;

private:
    types::Shape m_shape;
    QSpinBox *m_height, *m_width;
};

}  // namespace views
