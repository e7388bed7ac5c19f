// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/export_page.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "views/colors.h"

namespace views {

ExportPage::ExportPage(QWidget* parent)
    : QWidget(parent),
      m_empty(
          new QLabel(tr("The forms in which a model can be saved stand here once one is open."))),
      m_warning(new QLabel),
      m_column(new QVBoxLayout),
      m_strip(new WorkStrip) {
    m_warning->setWordWrap(true);
    m_warning->hide();
    m_column->setContentsMargins(0, 0, 0, 8);
    m_column->setSpacing(8);
    m_column->addWidget(m_empty);
    m_column->addStretch();
    auto* cards = new QWidget;
    cards->setLayout(m_column);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(cards);
    // The cards lie on the window, not on paper.
    area->viewport()->setAutoFillBackground(false);
    cards->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_warning);
    column->addWidget(area, 1);
    column->addWidget(m_strip);
}

void ExportPage::setForms(const std::vector<ExportForm>& forms) {
    m_empty->setVisible(forms.empty());
    while (m_cards.size() > forms.size()) {
        delete m_cards.back();
        m_cards.pop_back();
    }
    while (m_cards.size() < forms.size()) {
        auto* card = new ExportCard;
        connect(card, &ExportCard::saveRequested, this, &ExportPage::saveRequested);
        m_column->insertWidget(m_column->count() - 1, card);
        m_cards.push_back(card);
    }
    for (size_t i = 0; i < forms.size(); ++i)
        m_cards[i]->setForm(forms[i]);
}

void ExportPage::setWarning(const QString& warning) {
    m_warning->setText(warning);
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, warningColor(ink));
    m_warning->setPalette(ink);
    m_warning->setVisible(!warning.isEmpty());
}

void ExportPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    emit formsRequested();
}

}  // namespace views
