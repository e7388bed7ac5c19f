// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphDetails: the panel beside the graph: tensors of the current box with links to the operators
// at their other ends, and histograms of its weights and activations.

#include <QScrollArea>

#include "types/value_histogram.h"
#include "views/models/graph_picture.h"

class QLabel;
class QVBoxLayout;

namespace views {

class GraphDetails : public QScrollArea {
    Q_OBJECT

public:
    explicit GraphDetails(QWidget* parent = nullptr);

    /// Null, or -1: nothing is current. The histograms of the box before are removed.
    void show(const GraphPicturePtr& picture, int box, const Reading& reading, Metric metric);
    /// Text where the histograms will be or why there are none.
    void setValuesText(const QString& text);
    void setValues(const std::vector<types::ValueHistogram>& values, const QString& text);

signals:
    void opChosen(views::OpPlace place);
    void foldRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void describe();
    void clearValues();

    GraphPicturePtr m_picture;
    int m_box = -1;
    Reading m_reading;
    Metric m_metric = Metric::Macs;
    QLabel* m_text;
    QLabel* m_valuesText;
    QVBoxLayout* m_column;
    std::vector<QWidget*> m_plots;
};

}  // namespace views
