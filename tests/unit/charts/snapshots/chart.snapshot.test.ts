import { renderChart } from '../../../../lib/render';
import { description } from '../support/platform';
import * as plain from '../support/plain-serializer';
import { timeless } from '../support/snapshot';

expect.addSnapshotSerializer(plain);

test.each([...renderChart(description)])('%s', (_path, content) => {
  expect(timeless(content)).toMatchSnapshot();
});
