// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Selection: the one layer and the one variation that are picked, whichever page they were picked
// on. Explorer owns it; every page reads it and writes it, and no page talks to another.
// Thread rules: the GUI thread only.

#include <QObject>
#include <optional>

#include "types/variation.h"

namespace views {

class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Operator index, -1 where none is picked.
    int layer() const { return m_layer; }
    const std::optional<types::Variation>& variation() const { return m_variation; }

public slots:
    void setLayer(int layer) {
        if (layer == m_layer) return;
        m_layer = layer;
        emit layerChanged(layer);
    }
    void setVariation(const std::optional<types::Variation>& variation) {
        if (variation == m_variation) return;
        m_variation = variation;
        emit variationChanged();
    }

signals:
    void layerChanged(int layer);
    void variationChanged();

private:
    int m_layer = -1;
    std::optional<types::Variation> m_variation;
};

}  // namespace views
