// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SampleStrip: training samples as they are, and beside each what every step of augmentation makes
// of it. Feature maps are drawn with time to the right and each band in its own range.

#include <QImage>
#include <QWidget>
#include <vector>

#include "types/augmented_sample.h"

namespace views {

class SampleStrip : public QWidget {
    Q_OBJECT

public:
    explicit SampleStrip(QWidget* parent = nullptr);

    /// All with the same steps; empty: samples are not varied.
    void setSamples(std::vector<types::AugmentedSample> samples);
    bool isEmpty() const { return m_samples.empty(); }
    /// Picture `column` of a sample; 0: as it is.
    const QImage& picture(int row, int column) const;

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns() const;
    QSize cell(int width) const;
    QRect cellAt(int row, int column) const;
    QString captionOf(int column) const;

    std::vector<types::AugmentedSample> m_samples;
    std::vector<std::vector<QImage>> m_pictures;
};

/// `values` as a picture: colours of three channels, else grey by the first one.
QImage pictureOf(const types::AugmentedSample& sample, const std::vector<float>& values);

}  // namespace views
