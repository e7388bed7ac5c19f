// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/fold_section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace views {

FoldSection::FoldSection(const QString& title, QWidget* content, bool isOpen)
    : m_heading(new QToolButton), m_summary(new QLabel), m_content(content) {
    m_heading->setText(title);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setAutoRaise(true);
    m_heading->setCheckable(true);
    m_heading->setStyleSheet(QStringLiteral("QToolButton { border: none; padding: 4px; }"));
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // A long summary is truncated instead of widening the panel.
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 8, 0);
    row->addWidget(m_heading);
    row->addWidget(m_summary, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_content);
    connect(m_heading, &QToolButton::toggled, this, &FoldSection::setOpen);
    setOpen(isOpen);
}

void FoldSection::setSummary(const QString& text) {
    m_summary->setText(text);
}

void FoldSection::setOpen(bool isOpen) {
    m_heading->setChecked(isOpen);
    m_heading->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_content->setVisible(isOpen);
}

}  // namespace views
