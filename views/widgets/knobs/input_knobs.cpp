// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/input_knobs.h"

#include <QFormLayout>
#include <QSpinBox>

#include "types/knob_domain.h"

namespace views {

using types::Variation;

namespace {

QSpinBox* sizeBox(const QString& name) {
    auto* box = new QSpinBox;
    box->setRange(int(types::kInputSizeLimits.low), int(types::kInputSizeLimits.high));
    box->setKeyboardTracking(false);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

InputKnobs::InputKnobs(QWidget* parent)
    : KnobBox(parent), m_height(sizeBox(tr("Height"))), m_width(sizeBox(tr("Width"))) {
    QFormLayout* form = buildForm();
    form->addRow(tr("&Height"), m_height);
    form->addRow(tr("Wi&dth"), m_width);
    setToolTip(
        tr("Height and width of the first input. Models with a layer that fixes the size are "
           "refused with the layer's name."));
    for (QSpinBox* box : {m_height, m_width})
        connect(box, qOverload<int>(&QSpinBox::valueChanged), this, [this] {
            edit([this](Variation& v) {
                const std::array<int32_t, 2> size{m_height->value(), m_width->value()};
                const bool isOriginal = size[0] == m_shape[1] && size[1] == m_shape[2];
                v.inputSize = isOriginal ? std::nullopt : std::optional(size);
            });
        });
    setVariation({});
}

void InputKnobs::setInputShape(const types::Shape& shape) {
    m_shape = shape;
    setVariation(variation());
}

void InputKnobs::display() {
    const bool isImage = m_shape.size() == 4;
    setEnabled(isImage);
    if (!isImage) return;
    const auto& size = variation().inputSize;
    m_height->setValue(size ? (*size)[0] : m_shape[1]);
    m_width->setValue(size ? (*size)[1] : m_shape[2]);
}

QString InputKnobs::summary() const {
    if (m_shape.size() != 4) return tr("fixed");
    return QStringLiteral("%1 × %2").arg(m_height->value()).arg(m_width->value());
}

}  // namespace views
