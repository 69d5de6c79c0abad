ALTER TABLE countries ADD PRIMARY KEY (country_code), ADD UNIQUE (name);
ALTER TABLE categories ADD PRIMARY KEY (category_id), ADD UNIQUE (name);
ALTER TABLE products
    ADD PRIMARY KEY (product_id),
    ADD UNIQUE (name),
    ADD FOREIGN KEY (category_id) REFERENCES categories,
    ADD CHECK (list_price > 0 AND unit_cost > 0 AND unit_cost < list_price);
ALTER TABLE customers
    ADD PRIMARY KEY (customer_id),
    ADD UNIQUE (email),
    ADD FOREIGN KEY (country_code) REFERENCES countries,
    ADD CHECK (segment IN ('consumer', 'business')),
    ADD CHECK (acquisition_channel IN ('organic', 'paid search', 'social', 'email', 'direct'));
ALTER TABLE campaigns
    ADD PRIMARY KEY (campaign_id),
    ADD UNIQUE (name),
    ADD CHECK (starts_on <= ends_on),
    ADD CHECK (discount_percent BETWEEN 0 AND 100);
ALTER TABLE orders
    ADD PRIMARY KEY (order_id),
    ADD FOREIGN KEY (customer_id) REFERENCES customers,
    ADD FOREIGN KEY (campaign_id) REFERENCES campaigns,
    ADD CHECK (status IN ('processing', 'shipped', 'delivered', 'returned', 'cancelled')),
    ADD CHECK (channel IN ('organic', 'paid search', 'social', 'email', 'direct')),
    ADD CHECK (device IN ('desktop', 'mobile', 'tablet')),
    ADD CHECK (total_amount = items_amount + shipping_amount),
    ADD CHECK (shipped_at >= ordered_at),
    ADD CHECK (delivered_at >= shipped_at);
ALTER TABLE order_lines
    ADD PRIMARY KEY (order_line_id),
    ADD FOREIGN KEY (order_id) REFERENCES orders,
    ADD FOREIGN KEY (product_id) REFERENCES products,
    ADD CHECK (quantity > 0 AND unit_price > 0 AND discount_amount >= 0),
    ADD CHECK (line_amount = quantity * unit_price - discount_amount);
ALTER TABLE payments
    ADD PRIMARY KEY (payment_id),
    ADD FOREIGN KEY (order_id) REFERENCES orders,
    ADD CHECK (method IN ('card', 'paypal', 'invoice', 'bank transfer')),
    ADD CHECK (status IN ('captured', 'failed', 'voided')),
    ADD CHECK (amount > 0);
ALTER TABLE refunds
    ADD PRIMARY KEY (refund_id),
    ADD FOREIGN KEY (order_line_id) REFERENCES order_lines,
    ADD CHECK (reason IN ('damaged', 'wrong item', 'not as described', 'changed mind', 'arrived late', 'defective')),
    ADD CHECK (quantity > 0 AND amount > 0);
ALTER TABLE marketing_spend
    ADD PRIMARY KEY (spend_id),
    ADD FOREIGN KEY (campaign_id) REFERENCES campaigns,
    ADD CHECK (channel IN ('paid search', 'social', 'email')),
    ADD CHECK (amount >= 0 AND clicks BETWEEN 0 AND impressions);
ALTER TABLE web_traffic
    ADD PRIMARY KEY (visited_on, country_code, channel, device),
    ADD FOREIGN KEY (country_code) REFERENCES countries,
    ADD CHECK (channel IN ('organic', 'paid search', 'social', 'email', 'direct')),
    ADD CHECK (device IN ('desktop', 'mobile', 'tablet')),
    ADD CHECK (sessions > 0 AND bounced_sessions >= 0 AND converted_sessions >= 0),
    ADD CHECK (bounced_sessions + converted_sessions <= sessions),
    ADD CHECK (page_views >= sessions);

CREATE INDEX ON customers (signed_up_at);
CREATE INDEX ON customers (country_code);
CREATE INDEX ON products (category_id);
CREATE INDEX ON orders (ordered_at);
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON orders (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX ON order_lines (order_id);
CREATE INDEX ON order_lines (product_id);
CREATE INDEX ON payments (order_id);
CREATE INDEX ON refunds (order_line_id);
CREATE INDEX ON refunds (refunded_at);
CREATE INDEX ON marketing_spend (spent_on);

COMMENT ON TABLE countries IS 'The countries the shop delivers to';
COMMENT ON COLUMN countries.country_code IS 'ISO 3166-1 alpha-2 code';
COMMENT ON TABLE categories IS 'Kinds of goods, grouped into departments';
COMMENT ON TABLE products IS 'What the shop sells or has sold';
COMMENT ON COLUMN products.list_price IS 'Today''s price without discounts, in euros, VAT included';
COMMENT ON COLUMN products.unit_cost IS 'What one piece costs the shop today, in euros';
COMMENT ON COLUMN products.introduced_on IS 'First day on sale';
COMMENT ON COLUMN products.is_active IS 'Whether it is still on sale';
COMMENT ON TABLE customers IS 'People and companies with an account';
COMMENT ON COLUMN customers.acquisition_channel IS 'Where the customer came from when signing up';
COMMENT ON COLUMN customers.newsletter IS 'Whether the customer takes the newsletter';
COMMENT ON COLUMN customers.signed_up_at IS 'When the account was made';
COMMENT ON TABLE campaigns IS 'Marketing campaigns that have ended';
COMMENT ON COLUMN campaigns.discount_percent IS 'What was taken off each line ordered through the campaign';
COMMENT ON TABLE orders IS 'One row for each order placed, cancelled ones included';
COMMENT ON COLUMN orders.campaign_id IS 'The campaign the order came through, if any';
COMMENT ON COLUMN orders.channel IS 'Where the visit that led to the order came from';
COMMENT ON COLUMN orders.items_amount IS 'Sum of the order''s lines after discounts, in euros';
COMMENT ON COLUMN orders.shipping_amount IS 'What the customer paid for delivery, in euros';
COMMENT ON COLUMN orders.total_amount IS 'Items and shipping, in euros';
COMMENT ON TABLE order_lines IS 'The products of each order';
COMMENT ON COLUMN order_lines.unit_price IS 'Price of one piece on that day, in euros';
COMMENT ON COLUMN order_lines.unit_cost IS 'What one piece cost the shop on that day, in euros';
COMMENT ON COLUMN order_lines.line_amount IS 'Quantity times unit price less the discount, in euros';
COMMENT ON TABLE payments IS 'Attempts to pay an order; an order may have failed ones before it succeeds';
COMMENT ON COLUMN payments.status IS 'captured: money taken; failed: refused; voided: released as the order was cancelled';
COMMENT ON TABLE refunds IS 'Money given back for returned goods, one row for each returned order line';
COMMENT ON COLUMN refunds.quantity IS 'Pieces returned';
COMMENT ON TABLE marketing_spend IS 'Advertising cost for each day and channel';
COMMENT ON COLUMN marketing_spend.campaign_id IS 'The campaign it was spent for; none is everyday advertising';
COMMENT ON TABLE web_traffic IS 'Visits to the web shop, counted for each day, country, channel and device';
COMMENT ON COLUMN web_traffic.bounced_sessions IS 'Visits that left after one page';
COMMENT ON COLUMN web_traffic.converted_sessions IS 'Visits that ended in an order';
