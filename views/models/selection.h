// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Selection: the picked layers and the picked variation, for all pages. One of several layers is
// current: it is described, the others are only edited together. Explorer owns it; every page reads
// and writes it, and pages do not know each other. Thread rules: the GUI thread only.

#include <QObject>
#include <algorithm>
#include <optional>
#include <vector>

#include "types/variation.h"

namespace views {

class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Operator index of the current layer; -1: none picked.
    int layer() const { return m_layer; }
    /// All picked layers in ascending order, the current one among them.
    const std::vector<int>& layers() const { return m_layers; }
    const std::optional<types::Variation>& variation() const { return m_variation; }

public slots:
    /// Picks a single layer; -1 picks none.
    void setLayer(int layer) {
        setLayers(layer < 0 ? std::vector<int>() : std::vector{layer}, layer);
    }
    /// `current` is one of `layers`, or -1 if they are empty.
    void setLayers(std::vector<int> layers, int current) {
        std::sort(layers.begin(), layers.end());
        if (layers == m_layers && current == m_layer) return;
        m_layers = std::move(layers);
        m_layer = current;
        emit layerChanged(m_layer);
    }
    /// Adds a layer to the picked ones and makes it current, or removes it.
    void toggleLayer(int layer) {
        std::vector<int> layers = m_layers;
        const auto found = std::find(layers.begin(), layers.end(), layer);
        if (found == layers.end()) {
            layers.push_back(layer);
            return setLayers(std::move(layers), layer);
        }
        layers.erase(found);
        const int current = layers.empty() ? -1 : layers.back();
        setLayers(std::move(layers), current);
    }
    /// A click on a layer: picks it alone, or adds it.
    void pick(int layer, bool isAdding) { isAdding ? toggleLayer(layer) : setLayer(layer); }
    void setVariation(const std::optional<types::Variation>& variation) {
        if (variation == m_variation) return;
        m_variation = variation;
        emit variationChanged();
    }

signals:
    /// The current layer or the set of picked ones changed.
    void layerChanged(int layer);
    void variationChanged();

private:
    int m_layer = -1;
    std::vector<int> m_layers;
    std::optional<types::Variation> m_variation;
};

}  // namespace views
