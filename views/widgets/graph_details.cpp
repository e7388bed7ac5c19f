// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/graph_details.h"

#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include "views/models/box_details.h"
#include "views/widgets/plots/value_plot.h"

namespace views {

GraphDetails::GraphDetails(QWidget* parent)
    : QScrollArea(parent), m_text(new QLabel), m_valuesText(new QLabel) {
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Details of the picked operator"));
    for (QLabel* label : {m_text, m_valuesText}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        label->setTextInteractionFlags(Qt::TextBrowserInteraction);
        // Names may have hundreds of characters without a space.
        label->setMinimumWidth(1);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    }
    m_text->setTextFormat(Qt::RichText);
    m_text->setAccessibleName(tr("Tensors of the picked operator"));
    m_valuesText->setAccessibleName(tr("Values"));
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(10, 4, 8, 8);
    m_column->setSpacing(8);
    m_column->addWidget(m_text);
    m_column->addWidget(m_valuesText);
    m_column->addStretch(1);
    setWidget(content);
    connect(m_text, &QLabel::linkActivated, this, [this](const QString& link) {
        if (const auto place = placeOfLink(link))
            emit opChosen(*place);
        else
            emit foldRequested();
    });
    describe();
}

void GraphDetails::show(const GraphPicturePtr& picture, int box, const Reading& reading,
                        Metric metric) {
    const bool isOther = picture != m_picture || box != m_box;
    m_picture = picture;
    m_box = box;
    m_reading = reading;
    m_metric = metric;
    describe();
    if (!isOther) return;
    clearValues();
    m_valuesText->clear();
    verticalScrollBar()->setValue(0);
}

void GraphDetails::describe() {
    const QString muted = mutedColor(palette()).name();
    if (!m_picture || m_box < 0) {
        m_text->setText(QStringLiteral("<span style='color:%1'>%2</span>")
                            .arg(muted, tr("Pick a box to see its tensors and what they hold. "
                                           "Arrow keys walk along the edges.")));
        return;
    }
    m_text->setText(boxDetailsHtml(*m_picture, m_box, m_reading, m_metric, muted));
}

void GraphDetails::clearValues() {
    for (QWidget* plot : m_plots)
        plot->deleteLater();
    m_plots.clear();
}

void GraphDetails::setValuesText(const QString& text) {
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, mutedColor(palette()));
    m_valuesText->setPalette(soft);
    m_valuesText->setText(text);
}

void GraphDetails::setValues(const std::vector<types::ValueHistogram>& values,
                             const QString& text) {
    clearValues();
    setValuesText(text);
    for (const types::ValueHistogram& histogram : values) {
        const QString what = histogram.source.empty()
                                 ? tr("weights")
                                 : tr("on %1").arg(QString::fromStdString(histogram.source));
        auto* plot =
            new ValuePlot(QStringLiteral("T%1 %2").arg(histogram.tensor).arg(what), histogram);
        // Before the stretch.
        m_column->insertWidget(m_column->count() - 1, plot);
        m_plots.push_back(plot);
    }
}

void GraphDetails::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    describe();
    setValuesText(m_valuesText->text());
}

}  // namespace views
